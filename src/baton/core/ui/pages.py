"""A page of a list that stands in no groups: how many rows there are, and those from a key on.

The list as it opens, which nothing in the address narrows, is what most people ask for: its
questions are kept.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from baton.core.prepared import Prepared
from baton.core.sqlite.reach import are_many, by_order, past_owners
from baton.core.ui.asked import SORT
from baton.core.ui.cursors import Key, Ordering, Window
from baton.core.ui.found import COUNTED, counted

COLUMNS, DENSITY = "cols", "density"  # in an address
NARROW_NOTHING = frozenset({COLUMNS, DENSITY, SORT})


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
    if as_opened and key is None and total is None and type(ordering) is Ordering:
        return _first_page(as_opened, ordering, size=size)
    total = counted(rows) if total is None else total
    return total, ordering.window(by_order(rows, total=total), key, size=size)


def _first_page(as_opened: Opened, ordering: Ordering, *, size: int) -> tuple[int, Window]:
    rows, user = as_opened.rows, as_opened.user
    total = _total(rows).count(user=user)
    sort = (ordering.model, ordering.name, ordering.is_descending)
    found = _page(rows, sort, size, goes_past=are_many(total)).rows(user=user)
    prefetch_related_objects(found, *as_opened.brings)
    return total, Window.cut(found, size, None)


@cache
def _total(rows: Callable[[Any], QuerySet[Any]]) -> Prepared[Any]:
    return Prepared(lambda user: rows(user).order_by().values("pk")[: COUNTED + 1])


@cache
def _page(
    rows: Callable[[Any], QuerySet[Any]], sort: tuple[Any, str, bool], size: int, *, goes_past: bool
) -> Prepared[Any]:
    model, name, is_descending = sort
    ordering = Ordering(model, name, is_descending=is_descending)
    met = past_owners if goes_past else QuerySet.all
    return Prepared(lambda user: ordering.ordered(met(rows(user)))[: size + 1])
