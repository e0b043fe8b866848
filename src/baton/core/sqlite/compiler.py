"""Django's compilers for SQLite, where inserting many rows is made cheaper."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from types import NoneType
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models.sql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLUpdateCompiler,
)
from django.db.models.sql.compiler import SQLInsertCompiler as Usual

from baton.core.papers import writer

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]
Column = Sequence[Any]
NO_OFFSET = -len("+00:00")
MOMENTS = 4096  # that are remembered: a portion writes each into several tables


def as_it_is(values: Column) -> Column:
    return values


def _moments(values: Column) -> Column:
    """As Django writes them: in UTC, without saying so. In a bulk many are the same."""
    return [one and _moment(one if one.tzinfo is UTC else one.astimezone(UTC)) for one in values]


@lru_cache(maxsize=MOMENTS)
def _moment(one: datetime) -> str:
    return one.isoformat(" ")[:NO_OFFSET]


def _keys(values: Column) -> Column:
    if len(values) > 1 and all(one is values[0] for one in values):
        return [values[0] and values[0].hex] * len(values)
    return [one and one.hex for one in values]


def _papers(values: Column) -> Column:
    if len(values) == 1:
        return [_written(values[0])]
    unlike = {id(one): one for one in values}  # in a bulk many are one and the same
    written = {name: _written(one) for name, one in unlike.items()}
    return [written[id(one)] for one in values]


def _written(one: Any) -> str | None:
    return None if one is None else EMPTY if one == {} else _paper(one)


EMPTY = json.dumps({})
_paper = writer(json.JSONEncoder())

# For each kind of field the kinds of values that need no second look, and how those are written.
Short = tuple[frozenset[type], Callable[[Column], Column]]
_TEXT: Short = (frozenset({str, NoneType}), as_it_is)
_WHOLE: Short = (frozenset({int, NoneType}), as_it_is)
SHORT: dict[type[Any], Short] = {
    models.CharField: _TEXT,
    models.TextField: _TEXT,
    models.AutoField: _WHOLE,
    models.BigAutoField: _WHOLE,
    models.IntegerField: _WHOLE,
    models.BigIntegerField: _WHOLE,
    models.SmallIntegerField: _WHOLE,
    models.PositiveIntegerField: _WHOLE,
    models.PositiveBigIntegerField: _WHOLE,
    models.PositiveSmallIntegerField: _WHOLE,
    models.BooleanField: (frozenset({bool, NoneType}), as_it_is),
    models.FloatField: (frozenset({float, NoneType}), as_it_is),
    models.DateTimeField: (frozenset({datetime, NoneType}), _moments),
    models.UUIDField: (frozenset({UUID, NoneType}), _keys),
    models.JSONField: (frozenset({dict, list, str, NoneType}), _papers),
}
MOST = 60  # long sentences kept: portions are of few sizes
_sentences: dict[Any, str] = {}


class SQLInsertCompiler(Usual):
    query: Any  # the stubs know little of what an insert is asked with

    def as_sql(self, *args: Any, **options: Any) -> Any:
        """Column by column: Django asks the field of each single value three times what to do."""
        fields, rows = self.query.fields, self.query.objs
        is_plain = fields and not self.query.raw and None not in fields
        columns = [self._column(field) for field in fields] if is_plain else [None]
        if any(column is None for column in columns):
            return super().as_sql(*args, **options)
        say = self._known_sentence if len(rows) > 1 else self._sentence
        sql = say(fields, count=len(rows))
        values = chain.from_iterable(zip(*columns, strict=True))
        return [(sql, tuple(values))]

    def _known_sentence(self, fields: Sequence[Any], *, count: int) -> str:
        """Portions are of one size: their sentence, which is long, is made once."""
        query, returned = self.query, tuple(self.returning_fields or ())
        several = (fields, query.update_fields, query.unique_fields, returned)
        names = tuple(tuple(field.column for field in one) for one in several)
        key = (query.get_meta().db_table, query.on_conflict, names, count)
        if key not in _sentences:
            if len(_sentences) >= MOST:
                _sentences.clear()
            _sentences[key] = self._sentence(fields, count=count)
        return _sentences[key]

    def _sentence(self, fields: Sequence[Any], *, count: int) -> str:
        query, write = self.query, cast("Any", self.connection.ops)
        names, row = _in_brackets(write.quote_name, tuple(map(attrgetter("column"), fields)))
        parts = [
            write.insert_statement(on_conflict=query.on_conflict),
            write.quote_name(query.get_meta().db_table),
            f"{names} VALUES",
            ", ".join([row] * count),
        ]
        if query.on_conflict is not None:
            parts.append(
                write.on_conflict_suffix_sql(
                    fields,
                    query.on_conflict,
                    (field.column for field in query.update_fields),
                    (field.column for field in query.unique_fields),
                )
            )
        if self.returning_fields:
            parts.append(write.return_insert_columns(self.returning_fields)[0])
        return " ".join(filter(None, parts))

    def _column(self, field: Any) -> Column | None:
        """None where the database works a value out, or Django has to ask the field."""
        way = way_of(field)
        if way is None:
            return None
        kinds, write = way
        values = list(map(attrgetter(field.attname), self.query.objs)) if kinds else []
        if kinds and kinds.issuperset(map(type, values)):
            return write(values)
        values = [
            self.prepare_value(field, self.pre_save_val(field, one)) for one in self.query.objs
        ]
        return None if any(hasattr(one, "as_sql") for one in values) else values


@lru_cache(maxsize=300)
def _in_brackets(quoted: Callable[[str], str], columns: tuple[str, ...]) -> tuple[str, str]:
    """The names, and as many marks."""
    return f"({', '.join(map(quoted, columns))})", f"({', '.join(['%s'] * len(columns))})"


def way_of(field: Any) -> Short | None:
    """The kinds of its values that need no second look, and how those are written; the field keeps
    it. None for one that Django has to ask."""
    try:
        return vars(field)["baton_way"]  # type: ignore[no-any-return]
    except KeyError:
        field.baton_way = None if hasattr(field, "get_placeholder") else _short_way(field)
        return way_of(field)


def _short_way(field: Any) -> Short:
    """No kind of value goes it where a field does more: a subclass, a clock, an encoder."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    is_more = (
        getattr(field, "auto_now", False)
        or getattr(field, "auto_now_add", False)
        or getattr(field, "encoder", None)
    )
    short = SHORT.get(type(field))
    return short if short and not is_more else (frozenset(), as_it_is)
