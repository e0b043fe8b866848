"""The rows that an act reaches: those that were ticked, or all that a list's address finds."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from baton.core.access.models import User
from baton.core.editing.slots import BulkAct
from baton.core.saved.slots import SavedList, saved_lists
from baton.core.ui.lists import narrowed, searched


def list_of(act: BulkAct) -> SavedList:
    """The list on which the act stands."""
    found = saved_lists.find(act.on)
    assert found, f"No list is called {act.on}"
    return found


def ticked(act: BulkAct, keys: Iterable[UUID], *, user: User) -> list[int]:
    """Ids of those that this user may do it to."""
    rows = act.reach(user).filter(key__in=set(keys))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def matching(act: BulkAct, asked: str, *, user: User) -> QuerySet[Any, int]:
    """The ids of all rows of that address that this user may do it to; none where a part of its
    filter makes no sense any more: the rest would find more than was asked for."""
    found = act.reach(user).filter(pk__in=listed(act, asked, user=user).order_by())
    return found.order_by("pk").values_list("pk", flat=True)


def listed(act: BulkAct, asked: str, *, user: User) -> QuerySet[Any, int]:
    """The ids of all rows of that address, whether or not this user may do it to them."""
    listing = list_of(act).listing().whole()
    assert listing.rows, f"List {act.on} cannot be asked for its rows"
    address = QueryDict(asked)
    rows = searched(listing, listing.rows(user, address), address)
    if listing.asks:
        request = _request(address, user=user)
        is_whole = listing.asks.is_whole(request)
        rows = narrowed(listing, rows, request) if is_whole else rows.none()
    return rows.order_by("pk").values_list("pk", flat=True)


def _request(address: QueryDict, *, user: User) -> HttpRequest:
    """As the list would be asked."""
    request = HttpRequest()
    request.GET = address  # type: ignore[assignment] # frozen, as of a real request
    request.user = user
    return request
