"""Questions whose SQL is made once: Django takes longer to make it than a database to answer.

For what pages ask all the time::

    _PHONES = Prepared(lambda person_ids: Phone.objects.filter(person__in=person_ids))
    _PHONES.rows(person_ids=[person.pk])

The queryset is built with marks in place of the values, once for each *shape* of them: how long a
list is, whether there is a value at all. The connection keeps its SQL, and from then on values
take the places of the marks.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from inspect import signature
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models import Value as Const
from django.db.models.query import ModelIterable, get_related_populators

from baton.core.limits import looks
from baton.core.marked import TWINS_FROM, mark
from baton.core.readers import Readers
from baton.core.sqlite import numbered

Row = TypeVar("Row")
LONGEST = 512  # list; with a longer one the question is put as it stands
MOST = 1000  # shapes a connection keeps; of more the one that nobody asked for longest goes
PLAIN = (int, str, datetime, date, UUID)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type beside the plain ones that questions are asked with, such as the user.

    ``apart`` gives what decides how the SQL looks, and the plain values; ``together`` makes one of
    the same looks from marks. What does not ``fit`` is asked as it stands.
    """

    apart: Callable[[Any], tuple[Hashable, Sequence[Any]]]
    together: Callable[[Hashable, Sequence[Any]], Any]
    fits: Callable[[Any], bool] = lambda _value: True


kinds: dict[type, Kind] = {}


@dataclass(frozen=True)
class Fixed:
    """One of few values, such as how many rows are wanted: each makes SQL of its own."""

    value: Any


LOOKS = (bool, Enum, Fixed)  # what decides how the SQL looks


class Prepared(Generic[Row]):
    """``build`` makes the queryset from ids, texts, moments, keys, lists of them, and ``kinds``;
    it hands values on as they are. Truth, None, members of an enum and what is ``Fixed`` belong to
    the shape: they stand in the SQL, and decide how it looks."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]") -> None:
        self._build = build
        self._names = tuple(signature(build).parameters)

    def rows(self, **values: Any) -> list[Row]:
        """What the queryset would bring with these values, in its order."""
        if any(_is_long(value) for value in values.values()):
            return list(self._as_it_stands(values))
        made, plain = self._kept(values)
        return made.ask(plain) if made else []

    def count(self, **values: Any) -> int:
        """How many they are; none is brought."""
        if any(_is_long(value) for value in values.values()):
            return self._as_it_stands(values).count()
        made, plain = self._kept(values)
        return int(made.figures("COUNT(*)", plain)[0]) if made else 0

    def gathered(self, **values: Any) -> tuple[int, str]:
        """How many ``values("pk")`` they are, and their text: as ``numbered.gathered``."""
        if any(_is_long(value) for value in values.values()):
            return numbered.gathered(self._as_it_stands(values))
        made, plain = self._kept(values)
        return made.figures(numbered.figures(), plain) if made else (0, numbered.text_of([]))

    def _as_it_stands(self, values: dict[str, Any]) -> "QuerySet[Any, Row]":
        return self._build(**{name: _bare(each) for name, each in values.items()})

    def _kept(self, values: dict[str, Any]) -> "tuple[_Made | None, list[Any]]":
        parts = [_apart(values[name]) for name in self._names]
        # Columns that whoever reads may not see stand in the SQL as NULL.
        shape = (self, looks(), *(of_part for of_part, _plain in parts))
        kept: dict[Hashable, _Made | None] = connection.__dict__.setdefault("baton_prepared", {})
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

    def _made(self, values: dict[str, Any]) -> "_Made | None":
        """None for what no row can answer, such as an empty list."""
        try:
            made = self._in_marks(values, count())
            if any(map(_says_more, values.values())):
                made.leave_alike(self._in_marks(values, count(TWINS_FROM)))
        except EmptyResultSet:
            return None
        return made

    def _in_marks(self, values: dict[str, Any], numbers: Iterator[int]) -> "_Made":
        marked = {name: _marked(values[name], numbers) for name in self._names}
        parts = {
            name: () if isinstance(values[name], Fixed) else _apart(one)[1]
            for name, one in marked.items()
        }
        made = _Made(self._build(**marked), [each for part in parts.values() for each in part])
        for name, part in parts.items():
            if marked[name].__class__ not in kinds and not made.has(part):
                raise ValueError(f"“{name}” does not stand in the SQL as it was given: {made}")
        return made


def one_row(rows: "QuerySet[Any, Any]") -> Any:
    """A queryset to be annotated with counts: what ``aggregate`` does, as a question to keep."""
    return rows.order_by().annotate(_all=Const(1)).values("_all")


class _Made:
    """One question in the words of one connection: no two threads have the same."""

    def __init__(self, rows: Any, marks: Sequence[Any]) -> None:
        self._rows, self._compiler = rows, rows.query.get_compiler(using=rows.db)
        sql, self._params = self._compiler.as_sql()
        self._sql = str(sql)
        places = {_adapted(mark): place for place, mark in enumerate(marks)}
        self._places = [
            places.get(param) if isinstance(param, PLAIN) else None for param in self._params
        ]
        # psycopg's integers know how wide their column is.
        self._widths = [type(param) if isinstance(param, int) else None for param in self._params]
        columns = [one for one, *_name in self._compiler.select[: self._compiler.col_count]]
        converters = self._compiler.get_converters(columns)
        self._readers = Readers(converters, self._compiler.connection) if converters else None
        self._is_wider = self._compiler.has_extra_select  # by columns that only order the rows
        is_plain = (
            issubclass(rows._iterable_class, ModelIterable) and not rows._known_related_objects
        )
        self._models = _Models(self._compiler, rows.db) if is_plain else None
        rows.query.get_compiler = lambda *_, **__: self._compiler

    def __str__(self) -> str:
        return self._sql

    def has(self, marks: Iterable[Any]) -> bool:
        """Whether each of these is a parameter."""
        return {_adapted(mark) for mark in marks} <= {
            param for param in self._params if isinstance(param, PLAIN)
        }

    def leave_alike(self, twin: "_Made") -> None:
        """What stands alike in the same question of other marks is no mark, but looks like one:
        somebody filters by a number or a word that is among the marks."""
        others = zip(self._places, self._params, twin._params, strict=True)
        self._places = [None if param == other else place for place, param, other in others]

    def ask(self, plain: Sequence[Any]) -> list[Any]:
        found = self._found(self._filled(plain))
        if self._models:
            return self._models.made(found)
        self._compiler.results_iter = lambda *_, tuple_expected=False, **__: (
            map(tuple, found) if tuple_expected else found
        )
        return list(self._rows._iterable_class(self._rows))

    def figures(self, of: str, plain: Sequence[Any]) -> Any:
        """What the rows come to; none is brought."""
        with connection.cursor() as cursor:
            # Our own question, made by Django.
            sql = f"SELECT {of} FROM ({self._sql}) AS counted"  # noqa: S608
            cursor.execute(sql, self._filled(plain))
            return cursor.fetchone()

    def _filled(self, plain: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            param if place is None else width(plain[place]) if width else _adapted(plain[place])
            for place, param, width in zip(self._places, self._params, self._widths, strict=True)
        )

    def _found(self, filled: tuple[Any, ...]) -> Iterable[Sequence[Any]]:
        """As ``results_iter`` brings them; that looks at each column each time."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, filled)
            rows: list[Sequence[Any]] = cursor.fetchall()
        if self._is_wider:
            rows = [row[: self._compiler.col_count] for row in rows]
        return self._readers.made(rows) if self._readers else rows


class _Models:
    """What ``ModelIterable`` makes of rows, with what it works out each time worked out once."""

    def __init__(self, compiler: Any, db: str) -> None:
        told, select = compiler.klass_info, compiler.select
        self._start, self._end = told["select_fields"][0], told["select_fields"][-1] + 1
        self._names = [one.target.attname for one, *_ in select[self._start : self._end]]
        self._model, self._db = told["model"], db
        # The stubs are of a later Django.
        self._related = get_related_populators(told, select, db)  # type: ignore[call-arg]
        self._notes = tuple((compiler.annotation_col_map or {}).items())

    def made(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        return [self._one(row) for row in rows]

    def _one(self, row: Sequence[Any]) -> Any:
        one = self._model.from_db(self._db, self._names, row[self._start : self._end])
        for each in self._related:
            each.populate(row, one)
        for name, place in self._notes:
            setattr(one, name, row[place])
        return one


def _apart(value: Any) -> tuple[Any, Sequence[Any]]:
    if kind := kinds.get(value.__class__):
        return kind.apart(value)
    if value is None or isinstance(value, LOOKS):
        return value, ()
    if isinstance(value, PLAIN):
        return type(value), (value,)
    plain = _padded(list(value))
    return (list, len(plain)), plain


def _marked(value: Any, numbers: Iterator[int]) -> Any:
    """The same with marks: values that nothing else in a question has."""
    if kind := kinds.get(value.__class__):
        looks, plain = kind.apart(value)
        return kind.together(looks, _marks_of(plain, numbers))
    if isinstance(value, Fixed):
        return value.value
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, PLAIN):
        return mark(type(value), next(numbers))
    return [mark(type(each), next(numbers)) for each in _padded(list(value))]


def _marks_of(plain: Sequence[Any], numbers: Iterator[int]) -> list[Any]:
    return [mark(int if each is None else type(each), next(numbers)) for each in plain]


def _says_more(value: Any) -> bool:
    """Whether what is fixed may bring values of its own into the SQL, unlike a number of rows."""
    return isinstance(value, Fixed) and not isinstance(value.value, int)


def _is_long(value: Any) -> bool:
    if kind := kinds.get(value.__class__):
        return not kind.fits(value)
    if isinstance(value, str) or not isinstance(value, Collection):
        return False
    return len(value) > LONGEST


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, Fixed) else value


def _padded(values: list[Any]) -> list[Any]:
    """To 1, 2, 4, 8 ... with the last one again, so that a dozen lengths are all there are."""
    wanted = 1 << (len(values) - 1).bit_length() if values else 0
    return [*values, *values[-1:] * (wanted - len(values))]


def _adapted(value: Any) -> Any:
    """As its field sends it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
