"""A page of a list that stands in no groups: how many rows there are, and those from a key on.

The list as it opens, which nothing in the address narrows but a typed text and a filter, is what
most people ask for: its questions are kept.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from baton.core.prepared import Fixed, Prepared
from baton.core.search.typed import Typed
from baton.core.sqlite.numbered import gathered, with_text
from baton.core.sqlite.reach import are_many, by_order, past_indexes, past_owners
from baton.core.ui.asked import ASKED, SORT
from baton.core.ui.cursors import Key, Ordering, Part, Window
from baton.core.ui.found import COUNTED, FEW, TEXT, Cut, Search, text_of
from baton.core.ui.listings import Listing, Posed

COLUMNS, DENSITY = "cols", "density"  # in an address
NARROW_NOTHING = frozenset({COLUMNS, DENSITY, SORT, TEXT, ASKED, "after", "before"})


@dataclass(frozen=True)
class Opened:
    """``rows`` of a list as it opens, made of nothing but who looks, or what they look at; what
    is read for a page of them ``brings``."""

    model: type[Model]
    rows: Callable[[Any], QuerySet[Any]]
    user: Any
    brings: Callable[[list[Any]], None] | None = None
    search: Search | None = None
    text: str = ""
    posed: Posed | None = None

    def asked(self, listing: Listing, request: HttpRequest) -> "Opened":
        """The same, narrowed by the text and the filter of an address."""
        posed = listing.asks.posed(request) if listing.asks else None
        text = text_of(request.GET) if listing.search else ""
        return replace(self, search=Search.of(listing), text=text, posed=posed)

    @property
    def keeps(self) -> bool:
        """Whether a kept question can be asked with its text."""
        return not self.text or bool(self.search and self.search.is_worded)

    @property
    def narrowing(self) -> dict[str, Any]:
        """The values of a kept question that narrow it."""
        text = Typed.of(self.text) if self.text else None
        return {"posed": Fixed(self.posed) if self.posed else None, "text": text}

    def gathered(self) -> tuple[int, str] | None:
        """How many it finds, and their ids; None where that is no question to keep."""
        if not self.keeps or not self.search:
            return None
        return _ids(self.rows, self.search).gathered(user=self.user, **self.narrowing)


def opened(
    model: type[Model],
    rows: Callable[[Any], QuerySet[Any]],
    user: Any,
    asked: Mapping[str, Any],
    *,
    knows: Collection[str] = (),
    brings: Callable[[list[Any]], None] | None = None,
) -> Any:
    """None where the address asks for more than an order, columns and what ``user`` ``knows``."""
    return (
        Opened(model, rows, user, brings) if asked.keys() <= NARROW_NOTHING.union(knows) else None
    )


def page_of(
    rows: QuerySet[Any],
    ordering: Ordering,
    key: Key | None,
    *,
    size: int,
    found: Cut | None,
    as_opened: Opened | None,
) -> tuple[int, Window]:
    """How many rows there are, and those from the key on; ``found`` are those of a filter."""
    is_kept = type(ordering) is Ordering and (not key or ordering.keeps)
    if as_opened and is_kept and (found is None or found.ids is not None or as_opened.keeps):
        return _kept_page(as_opened, ordering, key, size=size, found=found)
    total, rows = (found.total, rows) if found else _counted(rows)
    return total, ordering.window(in_order_of(rows, ordering, total=total), key, size=size)


def _counted(rows: QuerySet[Any]) -> tuple[int, QuerySet[Any]]:
    """How many; and of few the same rows by their ids. The database cannot know that somebody owns
    three of a million: it would walk the index of the order to its end for them."""
    total, named = gathered(rows.order_by().values("pk")[: COUNTED + 1])
    return total, rows if total > FEW else past_owners(rows.filter(with_text(named)))


def in_order_of(rows: QuerySet[Any], ordering: Ordering, *, total: int) -> QuerySet[Any]:
    """Of many the index of the order meets 25 soon, whatever else they are found by. An order of
    the company's own has an index with conditions of its own: it is left as it is."""
    if not are_many(total) or type(ordering) is not Ordering:
        return by_order(rows, total=total)
    return past_indexes(rows, but=ordering.name)


def _kept_page(
    as_opened: Opened, ordering: Ordering, key: Key | None, *, size: int, found: Cut | None
) -> tuple[int, Window]:
    rows, user = as_opened.rows, as_opened.user
    total = found.total if found else _total(rows).count(user=user)
    sort = (ordering.model, ordering.name, ordering.is_descending)
    known = {"user": user}
    if found and found.ids is not None:
        known["ids"] = found.ids
    elif found:
        known |= as_opened.narrowing

    def ask(part: Part, most: int) -> list[Any]:
        part_of = (part.is_empty, part.is_backward)
        if not found:
            question = _part(rows, sort, part_of, goes_past=are_many(total))
        elif found.ids is not None:
            question = _named_part(rows, sort, part_of)
        else:
            question = _found_part(rows, as_opened.search, sort, part_of)
        values = known | {"value": part.value, "row_id": part.id, "most": Fixed(most)}
        found_there: list[Any] = question.rows(**values)
        return found_there

    window = ordering.window_by(ask, key, size=size)
    if as_opened.brings:
        as_opened.brings(window.rows)
    return total, window


Rows = Callable[[Any], QuerySet[Any]]
Sort = tuple[Any, str, bool]  # of which model, by which field, whether it falls


@cache
def _total(rows: Rows) -> Prepared[Any]:
    return Prepared(lambda user: rows(user).order_by().values("pk")[: COUNTED + 1])


@cache
def _ids(rows: Rows, search: Search) -> Prepared[Any]:
    """Of what a text and a filter find."""
    return Prepared(lambda user, posed, text: search.gathered(_asked(rows(user), posed), text))


@cache
def _part(rows: Rows, sort: Sort, part_of: tuple[bool | None, bool], *, goes_past: bool) -> Any:
    """Of a part of the list; the place that it lies behind is filled in."""
    ordering = _ordering(sort)

    def build(user: Any, value: Any, row_id: Any, most: int) -> QuerySet[Any]:
        seen = rows(user)
        met = past_indexes(seen, but=ordering.name) if goes_past else seen
        return ordering.part(met, Part(*part_of, value, row_id))[:most]

    return Prepared(build)


@cache
def _named_part(rows: Rows, sort: Sort, part_of: tuple[bool | None, bool]) -> Any:
    """The same of few that are found: only their ids are sorted, and the page's own read whole."""
    ordering = _ordering(sort)

    def build(user: Any, ids: str, value: Any, row_id: Any, most: int) -> QuerySet[Any]:
        seen = past_owners(rows(user))
        found = ordering.part(seen.filter(with_text(ids)), Part(*part_of, value, row_id))
        return ordering.part(seen.filter(pk__in=found.values("pk")[:most]), Part(*part_of))

    return Prepared(build)


@cache
def _found_part(rows: Rows, search: Search, sort: Sort, part_of: tuple[bool | None, bool]) -> Any:
    """The same of many that are found: the index of their order meets 25 soon."""
    ordering = _ordering(sort)

    def build(
        user: Any, posed: Posed | None, text: Any, value: Any, row_id: Any, most: int
    ) -> QuerySet[Any]:
        found = search.meant(_asked(rows(user), posed), text)
        met = past_indexes(found, but=ordering.name)
        return ordering.part(met, Part(*part_of, value, row_id))[:most]

    return Prepared(build)


def _asked(rows: QuerySet[Any], posed: Posed | None) -> QuerySet[Any]:
    return posed.narrow(rows) if posed else rows


def _ordering(sort: Sort) -> Ordering:
    model, name, is_descending = sort
    return Ordering(model, name, is_descending=is_descending)
