"""The lists of people and of companies."""

from dataclasses import replace
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.editing.shown import bulk_of
from baton.core.saved.shown import views_of
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Words, list_page
from baton.core.ui.pages import opened
from baton.core.ui.slots import way_in
from baton.records.people.models import Company, Person
from baton.records.people.permissions import (
    EDIT_COMPANIES,
    EDIT_PEOPLE,
    VIEW_COMPANIES,
    VIEW_PEOPLE,
)
from baton.records.people.queries import bring_parents, sought_owners
from baton.records.people.views.listed_companies import COMPANIES, companies_asked, companies_opened
from baton.records.people.views.listed_people import (
    PEOPLE,
    TABS,
    people_asked,
    people_opened,
    view_in,
)
from baton.records.people.words import stages


def _first_step(user: User, by_hand: tuple[str, Words] | None) -> tuple[str, Words]:
    """Where the first ones come from: files of another system, else by hand, as far as one may."""
    if files := way_in(user):
        return files, _("Import files")
    return by_hand or ("", "")


@requires(VIEW_PEOPLE)
@require_GET
def people(request: HtmxRequest) -> HttpResponse:
    """Everybody whom this user may see, filtered and sorted as the address says."""
    user, asked = user_of(request), request.GET
    view = view_in(asked)
    may_add = user.may(EDIT_PEOPLE)
    listing = PEOPLE.whole().with_step(
        *_first_step(user, (reverse("people:new"), _("New person")) if may_add else None)
    )
    listing = replace(listing, as_opened=opened(Person, people_opened, user, asked))
    context = {
        "list": list_page(request, listing, partial(people_asked, user, asked)),
        "views": views_of(request, listing),
        "tabs": [(name, label, name == view) for name, label in TABS.items()],
        "stages": stages(),
        "owners": sought_owners,
        "chosen": {name: asked.get(name, "") for name in ("stage", "owner", "persona")},
        "may_add": may_add,
        "bulk": bulk_of(PEOPLE.name, user=user),
    }
    return page_or_partial(request, "people/people.html", "list", context)


@requires(VIEW_COMPANIES)
@require_GET
def companies(request: HtmxRequest) -> HttpResponse:
    """All companies whom this user may see."""
    user = user_of(request)
    may_add = user.may(EDIT_COMPANIES)
    listing = COMPANIES.whole().with_step(
        *_first_step(user, (reverse("people:new-company"), _("New company")) if may_add else None)
    )
    brings = partial(bring_parents, user=user)
    known = opened(Company, companies_opened, user, request.GET, brings=brings)
    listing = replace(listing, as_opened=known)
    context = {
        "list": list_page(request, listing, partial(companies_asked, user, request.GET)),
        "views": views_of(request, listing),
        "bulk": bulk_of(COMPANIES.name, user=user),
        "may_add": may_add,
    }
    return page_or_partial(request, "people/companies.html", "list", context)
