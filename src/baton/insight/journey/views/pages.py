"""The map, and the people behind its figures."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.home.queries import happens_much
from baton.core.settings.queries import one_organisation
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.words import label_of
from baton.insight.journey.permissions import EDIT_JOURNEY, VIEW_JOURNEY
from baton.insight.journey.queries import (
    Asked,
    journey_of,
    living_personas,
    people_behind,
    spots,
)
from baton.insight.journey.views.asking import DAYS, asked_by, code_of, days_of, url_of
from baton.insight.journey.views.shown import column_of, is_known
from baton.insight.journey.words import FIGURES
from baton.records.people.queries import people_matching, people_matching_in_order

PEOPLE = Listing(
    name="journey",
    columns=(
        Column(name="full_name", label=gettext_lazy("Name"), sort="sort_key"),
        Column(name="company", label=gettext_lazy("Company")),
        Column(
            name="stage",
            label=gettext_lazy("Lifecycle now"),
            value=lambda person: label_of(person.stage),
            on_phone=True,
        ),
        Column(name="persona", label=gettext_lazy("Persona")),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
        Column(
            name="lead_at",
            label=gettext_lazy("Lead since"),
            kind="when",
            sort="lead_at",
            on_phone=True,
        ),
    ),
    order="-lead_at",
    search=people_matching,
    search_in_order=people_matching_in_order,
    second=lambda person: person.company.name if person.company else "",
    empty=Empty(
        icon="people", text=gettext_lazy("Nobody is behind this figure in these days, or any more.")
    ),
)


@requires(VIEW_JOURNEY)
@require_GET
def journey(request: HtmxRequest) -> HttpResponse:
    """All stages side by side; where much happens they follow by themselves."""
    user, asked, days = user_of(request), asked_by(request), days_of(request)
    key = asked.persona.key if asked.persona else ""
    follows = "whole" not in request.GET and happens_much()
    context = {
        "may_edit": user.may(EDIT_JOURNEY),
        "personas": [
            (one.name, url_of("journey", days=days, persona=one.key), one.key == key)
            for one in living_personas(user)
        ],
        "all_url": url_of("journey", days=days),
        "persona": asked.persona,
        "periods": [(n, url_of("journey", days=n, persona=key), n == days) for n in DAYS],
        "map_url": url_of("journey", days=days, persona=key, whole=1) if follows else "",
        **({} if follows else _map(asked, days, user=user)),
    }
    return page_or_partial(request, "journey/journey.html", "map", context)


def _map(asked: Asked, days: int, *, user: User) -> dict[str, Any]:
    with one_organisation():
        steps = journey_of(asked, user=user).steps
    return {
        "columns": [column_of(step, days=days, persona=asked.persona) for step in steps],
        "is_empty": not any(step.figures.here or step.figures.gone for step in steps),
    }


@requires(VIEW_JOURNEY)
@require_GET
def people(request: HtmxRequest) -> HttpResponse:
    """Exactly those whom a figure counts."""
    code, figure, asked = code_of(request), request.GET.get("figure", ""), asked_by(request)
    if not is_known(code, figure):
        raise Http404
    drawn = spots()
    rows = people_behind(figure, code, asked, drawn).select_related("company", "owner")
    name = next(spot.name for spot in drawn if spot.code is code)
    persona = asked.persona
    context = {
        "list": list_page(request, PEOPLE, rows),
        "title": f"{name}: {FIGURES[figure]}",
        "about": persona.name if persona else "",
        "days": days_of(request),
        "back": url_of("journey", days=days_of(request), persona=persona.key if persona else ""),
    }
    return page_or_partial(request, "journey/people.html", "list", context)
