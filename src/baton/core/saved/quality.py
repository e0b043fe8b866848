"""What records lack: each figure is the count of a list, as its address finds it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.filters.addresses import FORM
from baton.core.saved.queries import address, list_named
from baton.core.saved.slots import DataCheck, SavedList, data_checks
from baton.core.settings.queries import one_organisation
from baton.core.ui.lists import ASKED, Words, count_words, counted, narrowed


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A check of which there are some."""

    label: Words
    mend: Words
    count: int
    url: str
    icon: str

    @property
    def words(self) -> str:
        """How many."""
        return count_words(self.count)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """All that this user may see of it."""

    lacks: list[Lack]
    clean: list[Words]


@signed_in
@require_GET
def data_quality(request: HttpRequest) -> HttpResponse:
    """One query a check; each leads to its records, where they are mended many at once."""
    with one_organisation():
        checked = checked_by(cast(User, request.user))
    return render(request, "saved/quality.html", {"checked": checked})


def checked_by(user: User) -> Checked:
    """What the user may see, in the order of the checks."""
    found = list(_found(user))
    return Checked(
        lacks=[one for one in found if one.count],
        clean=[one.label for one in found if not one.count],
    )


def _found(user: User) -> Iterator[Lack]:
    for check in sorted(data_checks, key=lambda one: one.order):
        if check.count:
            if user.may(check.permission):
                url = reverse(check.url_name)
                yield _lack(check, count=check.count(user), url=url, icon="merge")
        elif place := list_named(check.on, user=user):
            state = state_of(check)
            count = counted(rows_of(place, state, user=user))
            yield _lack(check, count=count, url=address(place, state=state), icon=place.icon)


def _lack(check: DataCheck, *, count: int, url: str, icon: str) -> Lack:
    return Lack(label=check.label, mend=check.mend, count=count, url=url, icon=icon)


def state_of(check: DataCheck) -> str:
    """The list's address, without its question mark."""
    parts = [FORM, *check.conditions]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return urlencode([*check.asked, (ASKED, text)])


def rows_of(place: SavedList, state: str, *, user: User) -> QuerySet[Any]:
    """The rows that the list shows at that address."""
    listing = place.shown_to(user).whole()
    assert listing.rows, f"List {listing.name} cannot be asked for its rows"
    request = HttpRequest()
    request.GET = QueryDict(state)
    request.user = user
    return narrowed(listing, listing.rows(user, request.GET), request)
