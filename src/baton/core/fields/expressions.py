"""The value of a field as SQL: one expression for filters, orders and indexes, so that they meet.

The code stands in the SQL itself: an index is found only by what it was made of, to the letter.
"""

import re
from datetime import UTC, date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    F,
    Field,
    FloatField,
    Func,
    TextField,
)
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from baton.core.fields.rules import Kind
from baton.core.filters.lookups import FoldedCase
from baton.core.ui.spans import MONTH, QUARTER

CODE = re.compile(r"[\w-]+")  # nothing that ends a text of SQL
COLUMN = "custom"
FOLDED = frozenset({Kind.TEXT, Kind.LONG, Kind.LINK, Kind.MAIL, Kind.PHONE})
Sql = tuple[str, Any]


class WrittenDay(DateField):  # type: ignore[type-arg] # as the other lookups' fields
    """A day that is kept as a text like 2026-03-01, and compared as one."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's
        return value.isoformat() if isinstance(value, date) else value


class WrittenMoment(DateTimeField):  # type: ignore[type-arg] # the same
    """A time that is kept as a text in UTC, to the second."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's
        if not isinstance(value, datetime):
            return value
        plain = value.astimezone(UTC).replace(tzinfo=None)
        return f"{plain.isoformat(timespec='seconds')}Z"


class OwnValue(Func):
    """The text under a code; null where there is none."""

    arity = 1
    sqlite = "json_extract(%(expressions)s, '$.\"%(code)s\"')"
    postgresql = "(%(expressions)s ->> '%(code)s')"

    def __init__(self, code: str, field: "Field[Any, Any] | None" = None) -> None:
        if not CODE.fullmatch(code):
            raise ValueError(f"No code of a field: {code!r}")
        super().__init__(F(COLUMN), output_field=field or TextField(), code=code)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        return self.as_sql(compiler, connection, template=self.sqlite, **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Sql:
        return self.as_sql(compiler, connection, template=self.postgresql, **context)


# Null for what an older version wrote otherwise: PostgreSQL would refuse the whole list.
_TEXT_IN_SQLITE, _TEXT_IN_POSTGRESQL = OwnValue.sqlite, OwnValue.postgresql
_DIGITS = "[0-9]"
_DAY = "-".join(_DIGITS * count for count in (4, 2, 2))
_MOMENT = f"{_DAY}T{':'.join([_DIGITS * 2] * 3)}Z"


class OwnNumber(OwnValue):
    sqlite = (
        f"(CASE WHEN {_TEXT_IN_SQLITE} GLOB '*[0-9]' AND {_TEXT_IN_SQLITE} NOT GLOB '*[^-0-9.]*' "
        f"AND {_TEXT_IN_SQLITE} NOT GLOB '?*-*' AND {_TEXT_IN_SQLITE} NOT GLOB '*.*.*' "
        f"THEN CAST({_TEXT_IN_SQLITE} AS REAL) END)"
    )
    postgresql = (
        f"(CASE WHEN {_TEXT_IN_POSTGRESQL} ~ '^-?[0-9]+(\\.[0-9]+)?$' "
        f"THEN {_TEXT_IN_POSTGRESQL}::double precision END)"
    )


class OwnDay(OwnValue):
    sqlite = f"(CASE WHEN {_TEXT_IN_SQLITE} GLOB '{_DAY}' THEN {_TEXT_IN_SQLITE} END)"
    postgresql = f"(CASE WHEN {_TEXT_IN_POSTGRESQL} ~ '^{_DAY}$' THEN {_TEXT_IN_POSTGRESQL} END)"


class OwnMoment(OwnValue):
    sqlite = f"(CASE WHEN {_TEXT_IN_SQLITE} GLOB '{_MOMENT}' THEN {_TEXT_IN_SQLITE} END)"
    postgresql = f"(CASE WHEN {_TEXT_IN_POSTGRESQL} ~ '^{_MOMENT}$' THEN {_TEXT_IN_POSTGRESQL} END)"


class OwnTruth(OwnValue):
    sqlite = (
        "(CASE json_type(%(expressions)s, '$.\"%(code)s\"') "
        "WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)"
    )
    postgresql = f"(CASE {_TEXT_IN_POSTGRESQL} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END)"


class FirstDay(WrittenDay):
    """A day that was made of such a text, read as a day."""

    def from_db_value(self, value: Any, *_rest: Any) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class OwnSpan(OwnDay):
    """The first day of the month or the quarter in which a day lies."""

    first = {
        MONTH: "(substr({day}, 1, 7) || '-01')",
        QUARTER: (
            "(substr({day}, 1, 5) || CASE WHEN substr({day}, 6, 2) < '04' THEN '01' "
            "WHEN substr({day}, 6, 2) < '07' THEN '04' WHEN substr({day}, 6, 2) < '10' THEN '07' "
            "ELSE '10' END || '-01')"
        ),
    }

    def __init__(self, code: str, span: str) -> None:
        super().__init__(code, FirstDay())
        self.sqlite = self.first[span].format(day=OwnDay.sqlite)
        self.postgresql = self.first[span].format(day=OwnDay.postgresql)


def value_of(code: str, kind: str) -> Combinable:
    """As filters compare it."""
    if kind in {Kind.NUMBER, Kind.MONEY}:
        return OwnNumber(code, FloatField())
    if kind == Kind.DATE:
        return OwnDay(code, WrittenDay())
    if kind == Kind.MOMENT:
        return OwnMoment(code, WrittenMoment())
    if kind == Kind.BOOLEAN:
        return OwnTruth(code, BooleanField())
    return OwnValue(code)


def order_of(code: str, kind: str) -> Combinable:
    """As lists order by it and indexes keep it: the same SQL, texts without regard to case."""
    if kind == Kind.DATE:
        return OwnDay(code)
    if kind == Kind.MOMENT:
        return OwnMoment(code)
    if kind in FOLDED:
        return FoldedCase(OwnValue(code))
    return value_of(code, kind)
