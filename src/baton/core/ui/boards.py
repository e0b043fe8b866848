"""By what a list can stand as a board, and how its address says so: ``as=board&by=seniority``."""

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2s
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.ui.asked import AS, BOARD, BY, CLOSED, GROUP, SUMS, turned
from baton.core.ui.cells import CellEdits, Column
from baton.core.ui.figured import FIGURE_WORDS, columns_that_add
from baton.core.ui.grouping import Grouping, Words, key_of
from baton.core.ui.listings import Listing

PLAIN = re.compile(r"[A-Za-z0-9_-]{1,60}")
Way = tuple[Words, str, bool]  # what, where, and whether it is so now


def boards_of(listing: Listing) -> list[Grouping]:
    """By what the list can stand as a board."""
    return [one for one in listing.groupings if one.choices]


def board_grouping(listing: Listing, asked: Mapping[str, str]) -> Grouping | None:
    """By what the address wants it to; None where it wants no board, or none that there is."""
    if asked.get(AS) != BOARD:
        return None
    return next((one for one in boards_of(listing) if one.name == asked.get(BY)), None)


def board_ways(listing: Listing, asked: QueryDict) -> list[Way]:
    """The boards of a list, and the way back to its rows."""
    found, present = boards_of(listing), board_grouping(listing, asked)
    if not found:
        return []
    gone = [GROUP, CLOSED, *(one for one in FIGURE_WORDS if one != SUMS)]
    ways: list[Way] = [
        (one.label, turned(asked, without=gone, **{AS: BOARD, BY: one.name}), one is present)
        for one in found
    ]
    if not present or any(one.name == AS for one in listing.filters):  # with a switch of its own
        return ways
    return [(_("No board"), turned(asked, without=[AS, BY, SUMS]), False), *ways]


def column_key(value: Any) -> str:
    """Names a column where only plain letters may stand."""
    text = key_of(value)
    return (
        text if PLAIN.fullmatch(text) else f"x{blake2s(text.encode(), digest_size=8).hexdigest()}"
    )


def may_move(grouping: Grouping, *, user: Any) -> bool:
    """Whether cards of somebody's own reach can go to another column."""
    return bool(grouping.edit) and getattr(user, "role", "") not in grouping.read_only_for


def edits_of(listing: Listing, grouping: Grouping, *, user: Any) -> CellEdits | None:
    """Where the cards of a board go; None where they stay."""
    if grouping.edits:
        return grouping.edits()
    return listing.edits if may_move(grouping, user=user) else None


def sum_of(listing: Listing, asked: QueryDict) -> Column | None:
    """What the columns add up: what the address names, else the list's money."""
    known = columns_that_add(listing)
    wanted = [column for column in known if column.name in asked.getlist(SUMS)]
    money = [column for column in known if column.adds_money and not column.is_spare]
    return next(iter([*wanted, *money]), None)


def sum_ways(listing: Listing, asked: QueryDict) -> Iterator[Way]:
    """What else they could add up."""
    present = sum_of(listing, asked)
    for column in columns_that_add(listing):
        yield column.label, turned(asked, **{SUMS: column.name}), column is present
