"""The quick filter of a list: which rows it means, and how many they are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.sqlite import numbered
from baton.core.sqlite.reach import past_owners
from baton.core.ui.formats import grouped
from baton.core.ui.listings import Listing

TEXT = "q"
LONGEST = 200  # characters
COUNTED = 10_000  # above it the figure is "over 10,000": counting on would cost more than it tells
FEW = 2_000  # found by a filter: they are read by their ids


def text_of(asked: QueryDict) -> str:
    """Without NUL, which PostgreSQL refuses, and no longer than a name can be."""
    return asked.get(TEXT, "").replace("\0", "").strip()[:LONGEST]


def searched(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> QuerySet[Any]:
    """Those that the quick filter finds."""
    text = text_of(asked)
    return listing.search(rows, text) if text and listing.search else rows


@dataclass(frozen=True)
class Cut:
    """What is found: of few their ids, as a text for the database; None of many."""

    rows: QuerySet[Any]
    total: int
    ids: str | None


def cut(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> Cut:
    """How many are found; and when they are few, the same rows named by their ids. Else the
    index of the order would be walked to its end for each, and every row be asked a second time."""
    text, meant = text_of(asked), searched(listing, rows, asked)
    of_text = listing.search_ids(rows, text) if text and listing.search_ids else None
    ids = meant.order_by().values("pk") if of_text is None else of_text
    total, named = numbered.gathered(ids[: COUNTED + 1])
    if total <= FEW:
        return Cut(past_owners(rows.filter(numbered.with_text(named))), total, named)
    in_order = listing.search_in_order(rows, text) if text and listing.search_in_order else meant
    return Cut(in_order, total, None)


def counted(rows: QuerySet[Any]) -> int:
    """How many; of more than are counted, one more than that."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def count_words(total: int) -> str:
    """ "1,234", "over 10,000"."""
    if total > COUNTED:
        return _("over {count}").format(count=grouped(COUNTED))
    return grouped(total)
