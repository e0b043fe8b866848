"""Questions whose SQL is made once: Django takes longer to make it than a database to answer.

For what pages ask all the time::

    _PHONES = Prepared(lambda person_ids: Phone.objects.filter(person__in=person_ids))
    _PHONES.rows(person_ids=[person.pk])

The queryset is built with marks in place of the values, once for each *shape* of them: how long a
list is, whether there is a value at all. The connection keeps its SQL, and from then on values
take the places of the marks.
"""

from collections.abc import Callable, Hashable, Iterator
from inspect import signature
from itertools import count
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models import Value as Const

from baton.core.limits import looks
from baton.core.marked import TWINS_FROM
from baton.core.prepared.made import Made
from baton.core.prepared.shapes import (
    LONGEST,
    Fixed,
    Kind,
    apart,
    bare,
    in_marks,
    is_long,
    kinds,
    says_more,
)
from baton.core.sqlite import numbered

__all__ = ["LONGEST", "Fixed", "Kind", "Prepared", "kinds", "one_row"]

Row = TypeVar("Row")
MOST = 1000  # shapes a connection keeps; of more the one that nobody asked for longest goes


class Prepared(Generic[Row]):
    """``build`` makes the queryset from ids, texts, moments, keys, lists of them, and ``kinds``;
    it hands values on as they are. Truth, None, members of an enum and what is ``Fixed`` belong to
    the shape: they stand in the SQL, and decide how it looks."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]") -> None:
        self._build = build
        self._names = tuple(signature(build).parameters)

    def rows(self, **values: Any) -> list[Row]:
        """What the queryset would bring with these values, in its order."""
        if any(is_long(value) for value in values.values()):
            return list(self._as_it_stands(values))
        made, plain = self._kept(values)
        return made.ask(plain) if made else []

    def count(self, **values: Any) -> int:
        """How many they are; none is brought."""
        if any(is_long(value) for value in values.values()):
            return self._as_it_stands(values).count()
        made, plain = self._kept(values)
        return int(made.figures("COUNT(*)", plain)[0]) if made else 0

    def gathered(self, **values: Any) -> tuple[int, str]:
        """How many ``values("pk")`` they are, and their text: as ``numbered.gathered``."""
        if any(is_long(value) for value in values.values()):
            return numbered.gathered(self._as_it_stands(values))
        made, plain = self._kept(values)
        return made.figures(numbered.figures(), plain) if made else (0, numbered.text_of([]))

    def _as_it_stands(self, values: dict[str, Any]) -> "QuerySet[Any, Row]":
        return self._build(**{name: bare(each) for name, each in values.items()})

    def _kept(self, values: dict[str, Any]) -> "tuple[Made | None, list[Any]]":
        parts = [apart(values[name]) for name in self._names]
        # Columns that whoever reads may not see stand in the SQL as NULL.
        shape = (self, looks(), *(of_part for of_part, _plain in parts))
        kept: dict[Hashable, Made | None] = connection.__dict__.setdefault("baton_prepared", {})
        made = kept.pop(shape) if shape in kept else self._made(values)
        if len(kept) >= MOST:
            del kept[next(iter(kept))]
        kept[shape] = made
        return made, [each for _looks, plain in parts for each in plain]

    def first(self, **values: Any) -> Row | None:
        """The first of them; a queryset that ends with ``[:1]`` reads no more."""
        return next(iter(self.rows(**values)), None)

    def by_id(self, **values: Any) -> dict[int, Row]:
        """The same by their ids."""
        return {row.pk: row for row in self.rows(**values)}  # type: ignore[attr-defined] # models

    def _made(self, values: dict[str, Any]) -> "Made | None":
        """None for what no row can answer, such as an empty list."""
        try:
            made = self._in_marks(values, count())
            if any(map(says_more, values.values())):
                made.leave_alike(self._in_marks(values, count(TWINS_FROM)))
        except EmptyResultSet:
            return None
        return made

    def _in_marks(self, values: dict[str, Any], numbers: Iterator[int]) -> "Made":
        marked = {name: in_marks(values[name], numbers) for name in self._names}
        parts = {
            name: () if isinstance(values[name], Fixed) else apart(one)[1]
            for name, one in marked.items()
        }
        made = Made(self._build(**marked), [each for part in parts.values() for each in part])
        for name, part in parts.items():
            if marked[name].__class__ not in kinds and not made.has(part):
                raise ValueError(f"“{name}” does not stand in the SQL as it was given: {made}")
        return made


def one_row(rows: "QuerySet[Any, Any]") -> Any:
    """A queryset to be annotated with counts: what ``aggregate`` does, as a question to keep."""
    return rows.order_by().annotate(_all=Const(1)).values("_all")
