"""Comparisons that mean the same on SQLite, on PostgreSQL and in Python."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, DateTimeField, Func, Lookup, TextField
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from baton.core.worktime.rules import day_start

Sql = tuple[str, tuple[str | int, ...]]
BUILTIN_COLLATIONS_SINCE = 17_00_00


class FoldedCase(Func):
    """SQL's side of ``core.sqlite.folding.fold_case``."""

    template = "fold_case(CAST(%(expressions)s AS text))"
    arity = 1

    def __init__(self, text: Combinable) -> None:
        super().__init__(text, output_field=TextField())

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **context: Any) -> Sql:
        # pg_c_utf8 knows all letters whatever the locale of the server; older ones use that.
        knows_letters = connection.pg_version >= BUILTIN_COLLATIONS_SINCE
        collation = ' COLLATE "pg_c_utf8"' if knows_letters else ""
        plain = "REPLACE(CAST(%(expressions)s AS text), 'İ', 'i')"
        template = f"REPLACE(LOWER({plain}{collation}), 'ς', 'σ')"
        return self.as_sql(compiler, connection, template=template, **context)


class _DayLookup(Lookup[Any]):
    """A date is compared with the day, a moment with the first moment of the day in a zone."""

    prepare_rhs = False
    operator: str

    def __init__(self, lhs: Combinable, day: date, zone: ZoneInfo) -> None:
        super().__init__(lhs, (day, zone))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Sql:
        sql, params = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        bound: date | datetime
        bound, zone = self.rhs
        if isinstance(field, DateTimeField):
            bound = day_start(bound, zone=zone)
        elif not isinstance(field, DateField):
            raise TypeError(f"{field!r} is neither a date nor a time")
        value = field.get_db_prep_value(bound, connection=connection)
        return f"{sql} {self.operator} %s", (*params, value)


class SinceDay(_DayLookup):
    lookup_name = "since_day"
    operator = ">="


class BeforeDay(_DayLookup):
    lookup_name = "before_day"
    operator = "<"
