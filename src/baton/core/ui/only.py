"""``among=stage:mql`` in an address: the rows of one group, whatever the list is grouped by."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from baton.core.ui.grouping import Grouping, Words, key_of, only_of, value_at
from baton.core.ui.listings import Listing

ONLY = "among"


def narrowed(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> QuerySet[Any]:
    """Those that stand in each group that the address names. Of a group that is gone there are
    none: all others would be more than was asked for."""
    for wish in asked.getlist(ONLY):
        name, _colon, key = wish.partition(":")
        grouping = _named(listing.whole(), name)
        rows = only_of(rows, grouping, key) if grouping else rows.none()
    return rows


def knows(listing: Listing, wish: str) -> bool:
    """Whether the list can be narrowed so."""
    return _named(listing, wish.partition(":")[0]) is not None


def said(
    listing: Listing, rows: QuerySet[Any], asked: QueryDict
) -> Iterator[tuple[Words, Words, str]]:
    """Each as a person reads it: by what, which, and the word of the address."""
    for wish in asked.getlist(ONLY):
        name, _colon, key = wish.partition(":")
        grouping = _named(listing, name)
        if grouping:
            yield grouping.label, words_at(rows, grouping, key), wish


def words_at(rows: QuerySet[Any], grouping: Grouping, key: str) -> Words:
    """What the group of a key is called."""
    try:
        value = value_at(rows, grouping, key)
    except ValueError:
        return key
    if value is None:
        return grouping.empty
    return grouping.named([value]).get(value, key_of(value))


def _named(listing: Listing, name: str) -> Grouping | None:
    return next((one for one in listing.groupings if one.name == name), None)
