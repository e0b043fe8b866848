"""Rows of the people of some teams: by the index of owners, or along the index of their order.

SQLite cannot know how many rows a team owns. Of few it finds each by the index of owners; of many
it would sort them all to show the first 25, though the index of the order begins with those.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.sql.where import AND, WhereNode

MANY = 2_000  # from so many rows on, the order's index meets 25 of them soon
_MARK = "goes_past_owners"


@ForeignKey.register_lookup
class Among(RelatedIn):
    """``__in`` with a question for who is meant."""

    lookup_name = "among"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.as_sql(compiler, connection)
        # No index serves an expression: the sign takes that of owners out of the planner's choice.
        return (f"+{sql}" if getattr(compiler.query, _MARK, False) else sql), params


def by_order(rows: QuerySet[Any], *, total: int) -> QuerySet[Any]:
    """For a page of rows in an order, of which there are so many."""
    return past_owners(rows) if are_many(total) else rows


def are_many(total: int) -> bool:
    """Whether the index of an order meets enough of them soon."""
    return total > MANY


def past_owners(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Found by anything but their owners."""
    rows = rows.all()
    setattr(rows.query, _MARK, True)
    return rows


def past_indexes(rows: QuerySet[Any], *, but: str) -> QuerySet[Any]:
    """Found by no index but that of a column (``but``), in whose order they are read: for a page of
    the many that a filter leaves. SQLite would take them all by an index of the filter's, and sort.
    """
    rows = past_owners(rows)
    # A condition on a link makes an inner join of what is read beside: SQLite would begin there.
    rows.query.promote_joins(rows.query.alias_map)
    where = rows.query.where
    if where.connector != AND or where.negated:
        return rows
    own, others = WhereNode(), []
    for part in where.children:
        if {but, "deleted_at"}.intersection(_columns(part)) or _in_order(part, rows.model, but):
            own.children.append(part)
        else:
            # One by one: SQLite asks all that an expression holds, also where the first says no.
            others += [_Aside([one]) for one in _each(part)]
    own.children += others
    rows.query.where = own
    return rows


def _in_order(part: Any, model: type[Model], name: str) -> bool:
    """Whether an index has the rows of its one value in the order of that column."""
    target = getattr(getattr(part, "lhs", None), "target", None)
    if target is None or part.lookup_name != "exact":
        return False
    orders = (target.name, name), (target.name, "deleted_at", name)
    held = [tuple(index.fields) for index in model._meta.indexes if not index.condition]
    return any(one[: len(order)] == order for one in held for order in orders)


def _each(part: Any) -> Iterator[Any]:
    """What all have to be true, taken apart."""
    if isinstance(part, WhereNode) and part.connector == AND and not part.negated:
        for one in part.children:
            yield from _each(one)
    else:
        yield part


class _Aside(WhereNode):
    """A condition that is looked at in each row that is met: no index serves an expression."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        sql, params = self.as_sql(compiler, connection)
        return f"+({sql})", params


def _columns(part: Any) -> Iterator[str]:
    """Those that a condition is about."""
    target = getattr(part, "target", None)
    if target is not None:
        yield target.name
    sources = getattr(part, "get_source_expressions", list)
    for one in part.children if isinstance(part, WhereNode) else sources():
        yield from _columns(one)
