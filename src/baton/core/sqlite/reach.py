"""Rows of the people of some teams: by the index of owners, or along the index of their order.

SQLite cannot know how many rows a team owns. Of few it finds each by the index of owners; of many
it would sort them all to show the first 25, though the index of the order begins with those.
"""

from typing import Any

from django.db.models import ForeignKey, QuerySet
from django.db.models.fields.related_lookups import RelatedIn

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
