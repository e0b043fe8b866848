"""Rows by a few thousand ids, handed over as one text.

``__in`` makes a parameter of each, and Django asks each a dozen questions: of two thousand that
takes longer than all else that a page does.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Aggregate, BigAutoField, Count, Lookup, Q, QuerySet, TextField

_NAME = "numbered"
# Of ids, as one text: put together by the database.
TOGETHER = {
    "sqlite": "json_group_array({ids})",
    "postgresql": "COALESCE(ARRAY_AGG({ids})::text, '{{}}')",
}


@BigAutoField.register_lookup
class Numbered(Lookup[str]):
    """Its value is a text of ids with commas between; see ``with_text``."""

    lookup_name = _NAME
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        found = f"{sql} IN (SELECT value FROM json_each(%s))"  # noqa: S608 -- the column that Django named
        return found, [*params, self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s::bigint[])", [*params, self.rhs]


class Together(Aggregate):
    """Ids as one text, put together by the database."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=together("%(expressions)s"))

    as_postgresql = as_sqlite


def together(ids: str) -> str:
    """SQL of what this database puts together."""
    return TOGETHER[connection.vendor].format(ids=ids)


def figures() -> str:
    """SQL of what ``gathered`` tells of a question that is kept."""
    return f"COUNT(*), {together('pk')}"


def gathered(ids: "QuerySet[Any, Any]") -> tuple[int, str]:
    """How many these ``values("pk")`` are, and the text of them, as ``text_of`` writes it: of ten
    thousand none becomes an object of Python's."""
    found = ids.aggregate(total=Count("pk"), text=Together("pk"))
    return found["total"], found["text"] or text_of([])


def text_of(ids: Iterable[int]) -> str:
    """As the database takes it, for a question that is kept."""
    before, after = "[]" if connection.vendor == "sqlite" else "{}"
    return f"{before}{','.join(map(str, ids))}{after}"


def with_text(text: str) -> Q:
    """Of the rows whose ids stand in it; of none where there are none."""
    return Q(**{f"pk__{_NAME}": text})
