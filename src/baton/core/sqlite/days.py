"""The local day of a moment, and the same time some days later, reckoned by SQLite itself.

For Django's own ``TruncDate`` SQLite calls Python, for each row: of a million leads that takes six
seconds. So it does to add days to a moment. Between two changes of the clock a zone is so many
seconds from UTC, and those between the first and the last moment that are asked for are few.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Any

from django.db.models import DateTimeField, Func
from django.db.models.functions import TruncDate

STEP, EXACT = timedelta(hours=6), timedelta(seconds=1)  # no zone changes its clock twice in a step
DAY, SECOND = len("2026-03-29"), len("2026-03-29 01:00:00")


class LocalDay(TruncDate):
    """As TruncDate, of moments from ``first`` to ``last``; PostgreSQL needs no help."""

    def __init__(self, moment: Any, *, first: datetime, last: datetime, zone: tzinfo) -> None:
        super().__init__(moment, tzinfo=zone)
        self.first, self.last, self.zone = first, last, zone

    def as_sqlite(
        self, compiler: Any, connection: Any, **extra_context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.lhs)
        second = f"substr({sql}, 1, {SECOND})"  # date() would round the last moment of a day up
        begins = list(shifts(self.first, self.last, self.zone))
        cases, values = "", []
        for (_since, seconds), (until, _next) in pairwise(begins):
            cases += f" WHEN {sql} < %s THEN date({second}, %s)"
            values += [*params, f"{until:%Y-%m-%d %H:%M:%S}", *params, f"{seconds:+} seconds"]
        last = f"{begins[-1][1]:+} seconds"
        if not cases:
            return f"date({second}, %s)", (*params, last)
        return f"CASE{cases} ELSE date({second}, %s) END", (*values, *params, last)


class DaysLater(Func):
    """So many days of 24 hours after a moment: moments are kept in UTC, which has no others."""

    arity = 1
    output_field = DateTimeField()

    def __init__(self, moment: Any, *, days: int) -> None:
        super().__init__(moment)
        self.days = days

    def as_postgresql(
        self, compiler: Any, connection: Any, **extra_context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.source_expressions[0])
        return f"({sql} + INTERVAL '{self.days * 24} hours')", tuple(params)

    def as_sqlite(
        self, compiler: Any, connection: Any, **extra_context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        sql, params = compiler.compile(self.source_expressions[0])
        day, rest = f"date(substr({sql}, 1, {DAY}), %s)", f"substr({sql}, {DAY + 1})"
        return f"({day} || {rest})", (*params, f"{self.days:+} days", *params)


def shifts(first: datetime, last: datetime, zone: tzinfo) -> Iterator[tuple[datetime, int]]:
    """From when on, in UTC, the zone is how many seconds ahead."""
    at, until = first.astimezone(UTC), last.astimezone(UTC)
    ahead = _ahead(at, zone)
    yield at, ahead
    while at < until:
        later = at + STEP
        if (then := _ahead(later, zone)) != ahead:
            yield _changed(at, later, zone), then
            ahead = then
        at = later


def _changed(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The moment between the two at which the clock is changed."""
    now = _ahead(after, zone)
    while after - before > EXACT:
        middle = before + (after - before) / 2
        before, after = (before, middle) if _ahead(middle, zone) == now else (middle, after)
    return after.replace(microsecond=0)


def _ahead(at: datetime, zone: tzinfo) -> int:
    return int((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())
