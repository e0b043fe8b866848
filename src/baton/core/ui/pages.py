"""A page of a list that stands in no groups: how many rows there are, and those from a key on.

The list as it opens, which nothing in the address narrows, is what most people ask for: its
questions are kept.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from baton.core.prepared import Fixed, Prepared
from baton.core.sqlite.numbered import with_text
from baton.core.sqlite.reach import are_many, by_order, past_indexes, past_owners
from baton.core.ui.asked import ASKED, SORT
from baton.core.ui.cursors import Key, Ordering, Part, Window
from baton.core.ui.found import COUNTED, TEXT, Cut, counted

COLUMNS, DENSITY = "cols", "density"  # in an address
# A text and conditions come upon the rows, which are named by then (``Cut``), or asked anew.
NARROW_NOTHING = frozenset({COLUMNS, DENSITY, SORT, TEXT, ASKED, "after", "before"})


@dataclass(frozen=True)
class Opened:
    """``rows`` of a list as it opens, made of nothing but who looks, or what they look at; what
    is prefetched for them stands beside it."""

    rows: Callable[[Any], QuerySet[Any]]
    user: Any
    brings: Sequence[Prefetch[Any]] = ()


def opened(
    rows: Callable[[Any], QuerySet[Any]],
    user: Any,
    asked: Mapping[str, Any],
    *,
    knows: Collection[str] = (),
    brings: Sequence[Prefetch[Any]] = (),
) -> Any:
    """None where the address asks for more than an order, columns and what ``user`` ``knows``."""
    return Opened(rows, user, brings) if asked.keys() <= NARROW_NOTHING.union(knows) else None


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
    if as_opened and is_kept and (found is None or found.ids is not None):
        return _kept_page(as_opened, ordering, key, size=size, found=found)
    total = found.total if found else counted(rows)
    return total, ordering.window(_in_order(rows, ordering, total=total), key, size=size)


def _in_order(rows: QuerySet[Any], ordering: Ordering, *, total: int) -> QuerySet[Any]:
    """Of many the index of the order meets 25 soon, whatever else they are found by. An order of
    the company's own has an index with conditions of its own: it is left as it is."""
    if not are_many(total) or type(ordering) is not Ordering:
        return by_order(rows, total=total)
    return past_indexes(rows, but=ordering.name)


def _kept_page(
    as_opened: Opened, ordering: Ordering, key: Key | None, *, size: int, found: Cut | None
) -> tuple[int, Window]:
    rows, user, ids = as_opened.rows, as_opened.user, found.ids if found else None
    total = found.total if found else _total(rows).count(user=user)
    sort = (ordering.model, ordering.name, ordering.is_descending)

    def ask(part: Part, most: int) -> list[Any]:
        part_of = (part.is_empty, part.is_backward)
        asked = _part(rows, sort, part_of, goes_past=bool(found) or are_many(total))
        return asked.rows(user=user, ids=ids, value=part.value, row_id=part.id, most=Fixed(most))

    window = ordering.window_by(ask, key, size=size)
    prefetch_related_objects(window.rows, *as_opened.brings)
    return total, window


@cache
def _total(rows: Callable[[Any], QuerySet[Any]]) -> Prepared[Any]:
    return Prepared(lambda user: rows(user).order_by().values("pk")[: COUNTED + 1])


@cache
def _part(
    rows: Callable[[Any], QuerySet[Any]],
    sort: tuple[Any, str, bool],
    part_of: tuple[bool | None, bool],
    *,
    goes_past: bool,
) -> Prepared[Any]:
    """Of a part of the list; the place that it lies behind is filled in."""
    (model, name, is_descending), (is_empty, is_backward) = sort, part_of
    ordering = Ordering(model, name, is_descending=is_descending)
    met = past_owners if goes_past else QuerySet.all

    def build(user: Any, ids: str | None, value: Any, row_id: Any, most: int) -> QuerySet[Any]:
        seen, part = met(rows(user)), Part(is_empty, is_backward, value, row_id)
        if ids is None:
            return ordering.part(seen, part)[:most]
        # Of all that are found only the ids are sorted, and the page's own are read whole.
        few = ordering.part(seen.filter(with_text(ids)), part).values("pk")[:most]
        return ordering.part(seen.filter(pk__in=few), Part(is_empty, is_backward))

    return Prepared(build)
