"""Ways from a list to its groups, to their figures, and back to all."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.ui import only
from baton.core.ui.asked import ASKED, CHART, CLOSED, GROUP, SORT, SUMS, THEN, turned, turned_to
from baton.core.ui.grouping import Grouping, Words
from baton.core.ui.listings import Listing
from baton.core.ui.only import ONLY


def grouping_of(listing: Listing, name: str) -> Grouping | None:
    """The one of that name; None for a list that stands in no groups."""
    return next((one for one in listing.groupings if one.name == name), None)


def closing_url(asked: QueryDict, key: str) -> str:
    """With the group closed, or open again."""
    closed = asked.getlist(CLOSED)
    left = [one for one in closed if one != key]
    return turned_to(asked, CLOSED, left if key in closed else [*left, key])


def group_urls(
    listing: Listing, present: Grouping | None, asked: QueryDict
) -> list[tuple[Words, str, bool]]:
    """By what it can be grouped, where, and whether it is."""
    if not listing.groupings:
        return []
    ways: list[tuple[Words, str, bool]] = [
        (one.label, turned(asked, without=[CLOSED], **{GROUP: one.name}), one is present)
        for one in listing.groupings
    ]
    none = turned(asked, without=[GROUP, CLOSED, CHART, SUMS, THEN])
    return [(_("No groups"), none, present is None), *ways]


def narrowings(
    listing: Listing, rows: QuerySet[Any], asked: QueryDict
) -> list[tuple[Words, Words, str]]:
    """By what it is narrowed, to which group, and the list without that."""
    wishes = asked.getlist(ONLY)
    return [
        (label, words, turned_to(asked, ONLY, [one for one in wishes if one != wish]))
        for label, words, wish in only.said(listing, rows, asked)
    ]


def figures_url(listing: Listing, asked: QueryDict) -> str:
    """Figures of its groups, by the first way where it stands in none; "" where it cannot."""
    if not listing.groupings:
        return ""
    group = grouping_of(listing, asked.get(GROUP, "")) or listing.groupings[0]
    return turned(asked, without=[CLOSED, SORT], **{GROUP: group.name, CHART: "count"})


def widened(listing: Listing, asked: QueryDict) -> str:
    """Without what the page narrows by; "" where nothing does."""
    asked_of = [(one, asked.get(one.name)) for one in listing.filters if one.narrows]
    on = [one.name for one, value in asked_of if isinstance(value, str) and one.knows(value)]
    on += [ASKED] if listing.asks and asked.get(ASKED) else []
    on += [ONLY] if asked.get(ONLY) else []
    return turned(asked, without=on) if on else ""
