"""The quick filter of a list: which rows it means, and how many they are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from baton.core.sqlite import numbered
from baton.core.sqlite.reach import past_owners
from baton.core.ui.formats import grouped
from baton.core.ui.listings import Listing

TEXT = "q"
LONGEST = 200  # characters
COUNTED = 10_000  # above it the figure is "over 10,000": counting on would cost more than it tells
Find = Callable[[QuerySet[Any], Any], QuerySet[Any]]
FEW = COUNTED  # found by a filter: they are read by their ids, ten thousand of a million in 10 ms


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


@dataclass(frozen=True)
class Search:
    """How a list is searched, in functions of its module: a question is kept by them."""

    rows: Find | None
    in_order: Find | None  # of many found
    ids: Find | None  # to be counted
    is_worded: bool  # whether a text may be a value of that question

    @classmethod
    def of(cls, listing: Listing) -> "Search":
        in_order = listing.search_in_order or listing.search
        return cls(listing.search, in_order, listing.search_ids, listing.is_worded)

    def meant(self, rows: QuerySet[Any], text: Any) -> QuerySet[Any]:
        """Those that are found, for a page of many in the order of an index."""
        return self.in_order(rows, text) if text and self.in_order else rows

    def gathered(self, rows: QuerySet[Any], text: Any) -> QuerySet[Any]:
        """The ids of the same, as far as they are counted."""
        if text and self.ids:
            return self.ids(rows, text)[: COUNTED + 1]
        found = self.rows(rows, text) if text and self.rows else rows
        return found.order_by().values("pk")[: COUNTED + 1]


def cut(listing: Listing, rows: QuerySet[Any], text: str, known: tuple[int, str] | None) -> Cut:
    """How many are found; and when they are few, the same rows named by their ids. Else the
    index of the order would be walked to its end for each, and every row be asked a second time.

    ``known`` is what a kept question told of them.
    """
    search = Search.of(listing)
    total, named = known or numbered.gathered(search.gathered(rows, text))
    if total > FEW:
        return Cut(_later(lambda: search.meant(rows, text)), total, None)
    few = _later(lambda: past_owners(rows.filter(numbered.with_text(named))))
    return Cut(few, total, named)


def _later(rows: Callable[[], QuerySet[Any]]) -> Any:
    """Put together when somebody asks for them: kept questions never do."""
    return SimpleLazyObject(rows)


def counted(rows: QuerySet[Any]) -> int:
    """How many; of more than are counted, one more than that."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def count_words(total: int) -> str:
    """ "1,234", "over 10,000"."""
    if total > COUNTED:
        return _("over {count}").format(count=grouped(COUNTED))
    return grouped(total)
