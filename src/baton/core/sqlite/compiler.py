"""Django's compilers for SQLite, where inserting many rows is made cheaper."""

from itertools import chain
from typing import Any

from django.db.models.sql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLUpdateCompiler,
)
from django.db.models.sql.compiler import SQLInsertCompiler as Usual

__all__ = [
    "SQLAggregateCompiler",
    "SQLCompiler",
    "SQLDeleteCompiler",
    "SQLInsertCompiler",
    "SQLUpdateCompiler",
]


class SQLInsertCompiler(Usual):
    def assemble_as_sql(
        self, fields: Any, value_rows: list[list[Any]]
    ) -> tuple[list[list[str]], list[list[Any]]]:
        """One row of places serves all rows of plain values; Django asks each value for its own."""
        kinds = set(map(type, chain.from_iterable(value_rows)))
        if any(hasattr(kind, "as_sql") for kind in kinds) or any(map(_is_special, fields)):
            return super().assemble_as_sql(fields, value_rows)
        return [["%s"] * len(fields)] * len(value_rows), value_rows


def _is_special(field: Any) -> bool:
    return field is None or hasattr(field, "get_placeholder")
