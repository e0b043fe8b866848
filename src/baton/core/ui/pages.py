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
from baton.core.sqlite.reach import are_many, by_order, past_owners
from baton.core.ui.asked import SORT
from baton.core.ui.cursors import Key, Ordering, Part, Window
from baton.core.ui.found import COUNTED, counted

COLUMNS, DENSITY = "cols", "density"  # in an address
NARROW_NOTHING = frozenset({COLUMNS, DENSITY, SORT, "after", "before"})


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
    total: int | None,
    as_opened: Opened | None,
) -> tuple[int, Window]:
    """How many rows there are, and those from the key on; ``total`` where it is known already."""
    if as_opened and total is None and type(ordering) is Ordering and (not key or ordering.keeps):
        return _kept_page(as_opened, ordering, key, size=size)
    total = counted(rows) if total is None else total
    return total, ordering.window(by_order(rows, total=total), key, size=size)


def _kept_page(
    as_opened: Opened, ordering: Ordering, key: Key | None, *, size: int
) -> tuple[int, Window]:
    rows, user = as_opened.rows, as_opened.user
    total = _total(rows).count(user=user)
    sort = (ordering.model, ordering.name, ordering.is_descending)

    def ask(part: Part, most: int) -> list[Any]:
        part_of = (part.is_empty, part.is_backward)
        asked = _part(rows, sort, part_of, goes_past=are_many(total))
        return asked.rows(user=user, value=part.value, row_id=part.id, most=Fixed(most))

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
    return Prepared(
        lambda user, value, row_id, most: ordering.part(
            met(rows(user)), Part(is_empty, is_backward, value, row_id)
        )[:most]
    )
