"""Months, quarters and years, and their working days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from baton.core.worktime.rules import BusinessHours
from baton.insight.analytics.rules import months_on

DAY = timedelta(days=1)


class Unit(StrEnum):
    """How long a goal runs."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


@dataclass(frozen=True, order=True)
class Span:
    """Both days included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def until(self, day: date) -> "Span | None":
        """Its part up to that day; None where it begins later."""
        return Span(self.first, min(self.last, day)) if self.first <= day else None


def span_of(unit: Unit, day: date) -> Span:
    """The month, quarter or year in which the day lies."""
    months = MONTHS[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Span(first, months_on(first, months) - DAY)


def working_days(span: Span, hours: BusinessHours) -> list[date]:
    """Those of its days on which the company works, in order."""
    count = (span.last - span.first).days + 1
    days = (span.first + DAY * number for number in range(count))
    return [day for day in days if hours.stretches_of(day)]


def folded(totals: Mapping[date, float], working: Sequence[date]) -> list[float]:
    """A total for each working day: what came on a free day counts on the one that follows, at the
    end on the one before."""
    sums = dict.fromkeys(working, 0.0)
    for day, total in totals.items():
        at = _next(day, working)
        if at is not None:
            sums[at] += total
    return list(sums.values())


def _next(day: date, working: Iterable[date]) -> date | None:
    latest = None
    for one in working:
        latest = one
        if one >= day:
            return one
    return latest
