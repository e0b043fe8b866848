"""Days that a report is about: the quick choices, and what to compare with. No clock."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# Further days cannot be turned into moments of every zone.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)


class Choice(StrEnum):
    """A period that needs no calendar to pick. Those of now end today: no cost of days to come."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    ALL = "all"


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included; an open end has no day."""

    from_on: date | None = None
    to_on: date | None = None

    @property
    def is_all(self) -> bool:
        return self.from_on is None and self.to_on is None


class Unit(StrEnum):
    """What a period is exactly, so that it can be called so."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    DAYS = "days"


def quick_choices(today: date) -> dict[Choice, Period]:
    """What each choice means on that day."""
    month, quarter = today.replace(day=1), _first_of_quarter(today)
    day = timedelta(days=1)
    return {
        Choice.THIS_MONTH: Period(month, today),
        Choice.LAST_MONTH: Period(months_on(month, -1), month - day),
        Choice.THIS_QUARTER: Period(quarter, today),
        Choice.LAST_QUARTER: Period(months_on(quarter, -3), quarter - day),
        Choice.THIS_YEAR: Period(today.replace(month=1, day=1), today),
        Choice.ALL: Period(),
    }


def unit_of(period: Period) -> Unit:
    """Whether these days are a whole year, quarter or month of the calendar."""
    if not period.from_on or not period.to_on:
        return Unit.DAYS
    after = period.to_on + timedelta(days=1)
    for unit, months in ((Unit.YEAR, 12), (Unit.QUARTER, 3), (Unit.MONTH, 1)):
        if _begins(period.from_on, months) and months_on(period.from_on, months) == after:
            return unit
    return Unit.DAYS


def period_before(period: Period) -> Period | None:
    """What it is fair to compare with; None where an end is open, or nothing lies before.

    Of a month, quarter or year, whole or so far, the same part of the one before; of other days
    as many just before them.
    """
    if not period.from_on or not period.to_on:
        return None
    first, latest = period.from_on, period.to_on
    for months in (1, 3, 12):
        if _begins(first, months) and latest < months_on(first, months):
            earlier, until = months_on(first, -months), _same_part(latest, months)
            break
    else:
        until = first - timedelta(days=1)
        earlier = until - (latest - first)
    return Period(earlier, until) if earlier >= FIRST_DAY else None


def _begins(first: date, months: int) -> bool:
    """Whether a month, quarter or year (so many months) begins on that day."""
    return first.day == 1 and (first.month - 1) % months == 0


def _same_part(latest: date, months: int) -> date:
    """That day so many months earlier; the last of its month stays the last."""
    earlier = months_on(latest.replace(day=1), -months)
    length = monthrange(earlier.year, earlier.month)[1]
    is_last = latest.day == monthrange(latest.year, latest.month)[1]
    return earlier.replace(day=length if is_last else min(latest.day, length))


def months_on(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first.replace(year=year, month=month + 1)


def _first_of_quarter(day: date) -> date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
