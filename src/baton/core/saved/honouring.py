"""What of an address a list can still follow: columns, an order and filters come and go."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.saved.rules import state_of
from baton.core.ui import only
from baton.core.ui.asked import AS, BOARD, BY
from baton.core.ui.boards import boards_of
from baton.core.ui.lists import (
    ASKED,
    CHART,
    CLOSED,
    COLUMNS,
    DENSITIES,
    DENSITY,
    GROUP,
    ONLY,
    SORT,
    SUMS,
    TEXT,
    THEN,
    Listing,
    Words,
    grouping_of,
)

WORDS: Mapping[str, Words] = {
    COLUMNS: gettext_lazy("a column"),
    SORT: gettext_lazy("the order"),
    GROUP: gettext_lazy("the groups"),
    AS: gettext_lazy("the board"),
    BY: gettext_lazy("the board"),
    CLOSED: gettext_lazy("the groups"),
    THEN: gettext_lazy("the groups"),
    ONLY: gettext_lazy("the groups"),
    SUMS: gettext_lazy("a column"),
    CHART: gettext_lazy("a column"),
}


@dataclass(frozen=True)
class Honoured:
    state: str
    lost: list[Words]  # each kind of thing once: "a column"


def honoured(
    asked: Sequence[tuple[str, str]], listing: Listing, *, filter_text: str = ""
) -> Honoured:
    """The state that the list can follow, and in words what it cannot.

    ``filter_text`` is as much of the address's filter as it can; what it cannot is told by itself.
    """
    before = [pair for pair in asked if state_of([pair]) and pair[0] != ASKED]
    kept, lost = [], dict[str, Words]()
    for name, value in before:
        left = _followed(name, value, listing)
        if left:
            kept.append((name, left))
        if left != value:
            words = _name_of(name, listing)
            lost[str(words)] = words
    return Honoured(state_of([*kept, (ASKED, filter_text)]), list(lost.values()))


def _followed(name: str, value: str, listing: Listing) -> str:
    """As much of the value as still means something here."""
    if name == TEXT:
        return value if listing.search else ""
    if name == SORT:
        can_sort = {column.name for column in listing.columns if column.sort}
        return value if value.removeprefix("-") in can_sort else ""
    if name == COLUMNS:
        known = {column.name for column in listing.columns}
        return ",".join(one for one in value.split(",") if one in known)
    if name in {GROUP, CLOSED, THEN, ONLY, SUMS, CHART}:
        return value if _groups_so(name, value, listing) else ""
    if _boards_so(name, value, listing):
        return value
    if name == DENSITY:
        return value if value in DENSITIES else ""
    return value if any(_knows(listing, name, value)) else ""


def _boards_so(name: str, value: str, listing: Listing) -> bool:
    """Whether the list can stand as that board."""
    if name not in {AS, BY}:
        return False
    known = [one.name for one in boards_of(listing)]
    return value in known if name == BY else value == BOARD and bool(known)


def _groups_so(name: str, value: str, listing: Listing) -> bool:
    """Whether the list can stand in those groups, and be summed so."""
    if name in {GROUP, THEN}:
        return grouping_of(listing, value) is not None
    if name == ONLY:
        return only.knows(listing, value)
    if name == CLOSED:
        return bool(listing.groupings)
    summed = {column.name for column in listing.columns if column.adds}
    column, dot, _figure = value.rpartition(".")
    return value in summed if name == SUMS else not dot or column in summed


def _knows(listing: Listing, name: str, value: str) -> Iterator[bool]:
    return (one.knows(value) for one in listing.filters if one.name == name)


def _name_of(name: str, listing: Listing) -> Words:
    if name in WORDS:
        return WORDS[name]
    label = next((one.label for one in listing.filters if one.name == name), "")
    return _("the filter %(name)s") % {"name": label} if label else _("a filter")
