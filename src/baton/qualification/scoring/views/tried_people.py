"""The people behind a figure of a trial, with what both versions say of them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.qualification.scoring import trying
from baton.qualification.scoring.models import ScoreTrial, TrialPerson
from baton.qualification.scoring.permissions import VIEW_SCORES
from baton.qualification.scoring.queries import tried
from baton.records.people.models import Person
from baton.records.people.queries import people_matching

USED, DRAFT = gettext_lazy("Version in use"), gettext_lazy("Draft")


def _by_used(person: Any) -> str:
    return f"{person.tried.used_score} {person.tried.used_grade}".strip()


def _by_draft(person: Any) -> str:
    return f"{person.tried.draft_score} {person.tried.draft_grade}"


PEOPLE = Listing(
    name="tried",
    columns=(
        Column(
            name="name",
            label=gettext_lazy("Name"),
            value=lambda one: one.full_name,
            sort="sort_key",
        ),
        Column(name="company", label=gettext_lazy("Company")),
        Column(name="used", label=USED, value=_by_used),
        Column(name="draft", label=DRAFT, value=_by_draft, on_phone=True),
        Column(
            name="used_at",
            label=gettext_lazy("Handed off by the version in use"),
            kind="when",
            value=lambda one: one.tried.used_at,
        ),
        Column(
            name="draft_at",
            label=gettext_lazy("By the draft"),
            kind="when",
            value=lambda one: one.tried.draft_at,
            on_phone=True,
        ),
        Column(name="score", label=gettext_lazy("Score now"), kind="score", sort="score"),
    ),
    order="-score",
    search=people_matching,
    empty=Empty(icon="people", text=gettext_lazy("Nobody of those whom you see.")),
)


@requires(VIEW_SCORES)
@require_GET
def trial_people(request: HtmxRequest, key: UUID) -> HttpResponse:
    user = user_of(request)
    trial = get_object_or_404(ScoreTrial.objects.visible_to(user).select_related("model"), key=key)
    asked = request.GET.dict()
    rows = tried.narrowed_by(trial, tried.people_tried(trial, user=user), asked, user=user)
    if rows is None:
        raise Http404
    people = Person.objects.filter(pk__in=rows.values("person")).select_related("company")
    listing = replace(PEOPLE, prepare=lambda page: _with_tried(page, trial))
    context = {
        "list": list_page(request, listing, people),
        "trial": trial,
        "about": _about(asked),
    }
    return page_or_partial(request, "scoring/tried_people.html", "list", context)


def _with_tried(people: list[Any], trial: ScoreTrial) -> None:
    rows = TrialPerson.objects.filter(trial=trial, person__in=people)
    by_person = {row.person_id: row for row in rows}
    for person in people:
        person.tried = by_person[person.pk]


def _about(asked: dict[str, str]) -> str:
    """Which figure it is."""
    side = trying.SIDE_WORDS[asked.get("side", "draft")]
    if least := asked.get("least"):
        return _("%(side)s: lifted to %(n)s points or more") % {"side": side, "n": least}
    if grade := asked.get("grade"):
        return f"{side}: {grade}"
    return str(trying.WHO_WORDS.get(asked.get("who", ""), _("All with points")))
