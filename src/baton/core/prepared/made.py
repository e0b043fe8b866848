"""A question in the words of one connection, and what Django makes of its rows, once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.query import ModelIterable, get_related_populators

from baton.core.prepared.shapes import PLAIN
from baton.core.readers import Readers


class Made:
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

    def leave_alike(self, twin: "Made") -> None:
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


def _adapted(value: Any) -> Any:
    """As its field sends it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
