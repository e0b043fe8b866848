"""Columns that are NULL in the questions of whoever may not see them: no sum, order, filter or
group made of one tells anything, whichever screen forgets to ask."""

import re
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.expressions import Col

from baton.core.limits import masked


class Unseen(Col):
    """Stands where the column would."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        # With its type: PostgreSQL sums no NULL that is of none.
        return f"CAST(NULL AS {self.target.cast_db_type(connection)})", ()


class SeenDecimal(models.DecimalField[Any, Any]):
    """A figure that belongs to the field of that name, such as ``deal.amount``."""

    def __init__(self, *args: Any, seen_as: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.seen_as = seen_as

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database it is like any other."""
        name, _path, given, named = super().deconstruct()
        return name, "django.db.models.DecimalField", given, named

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        if self.seen_as in masked():
            return Unseen(alias, self, output_field or self)
        return super().get_col(alias, output_field)


def without_unseen(sql: str) -> str:
    """The same of statements that we wrote ourselves: tables come without such columns."""
    unseen = masked()
    return _TABLE.sub(lambda found: _table_of(found, unseen), sql) if unseen else sql


_WORDS = "ON|WHERE|JOIN|LEFT|INNER|CROSS|GROUP|ORDER|LIMIT|UNION|USING"
_TABLE = re.compile(rf"\b(FROM|JOIN)\s+([a-z]+_[a-z]+)\b(?:\s+(?:AS\s+)?(?!(?:{_WORDS})\b)(\w+))?")


def _table_of(found: re.Match[str], unseen: frozenset[str]) -> str:
    columns = _columns_of(found[2])
    gone = {one.column for one in columns if getattr(one, "seen_as", "") in unseen}
    if not gone:
        return found[0]
    shown = ", ".join(
        f"CAST(NULL AS {one.cast_db_type(connection)}) AS {one.column}"
        if one.column in gone
        else str(one.column)
        for one in columns
    )
    return f"{found[1]} (SELECT {shown} FROM {found[2]}) AS {found[3] or found[2]}"  # noqa: S608 -- our own names


@cache
def _columns_of(table: str) -> tuple[models.Field[Any, Any], ...]:
    """() for what is no table of a model, such as what a statement names itself."""
    found = (one for one in apps.get_models() if one._meta.db_table == table)
    model = next(found, None)
    return tuple(model._meta.concrete_fields) if model else ()
