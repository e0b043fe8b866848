from collections.abc import Iterator
from datetime import date, datetime, timedelta

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.worktime.rules.hours import BusinessHours, OutOfReach, Stretch, as_utc, find_zone

DAY = timedelta(days=1)
HORIZON = 10 * 366  # days looked ahead before we say that nobody will ever come
MAX_DISTANCE = timedelta(days=50 * 366)


class NeverOpen(RuleViolation, ValueError):
    """The hours leave no working time within reach."""


def add_working_time(start: datetime, *, budget: timedelta, hours: BusinessHours) -> datetime:
    """When ``budget`` of working time has passed since ``start``, at the earliest: a due time.

    A budget used up at closing time falls due at closing time, not at the next opening.
    Raises NeverOpen when there is not so much working time within ten years.
    """
    if budget < timedelta():
        raise ValueError("A budget of working time is not negative")
    due = as_utc(start)
    if not budget:
        return due
    for opens, closes in _openings(due, hours=hours):
        if budget <= closes - opens:
            return opens + budget
        budget -= closes - opens
    raise NeverOpen(
        gettext_noop("There is not enough working time in these hours within ten years.")
    )


def working_time_between(start: datetime, end: datetime, *, hours: BusinessHours) -> timedelta:
    """Working time from ``start`` to ``end``; negative when ``end`` comes first."""
    start, end = as_utc(start), as_utc(end)
    if end < start:
        return -working_time_between(end, start, hours=hours)
    if end - start > MAX_DISTANCE:
        raise OutOfReach(gettext_noop("Working time is counted over fifty years at most."))
    total = timedelta()
    day, latest = _local_days(start, end, hours=hours)
    while day <= latest:
        for opens, closes in hours.stretches_of(day):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        day += DAY
    return total


def is_open(at: datetime, *, hours: BusinessHours) -> bool:
    """At opening time: yes. At closing time: no longer."""
    at = as_utc(at)
    day, latest = _local_days(at, at, hours=hours)
    while day <= latest:
        if any(opens <= at < closes for opens, closes in hours.stretches_of(day)):
            return True
        day += DAY
    return False


def next_opening(at: datetime, *, hours: BusinessHours) -> datetime:
    """The first working moment at or after ``at``, so ``at`` itself while it is open."""
    return _next_stretch(at, hours=hours)[0]


def closing_after(at: datetime, *, hours: BusinessHours) -> datetime:
    """When the working stretch under way at ``at``, or else the next one, ends.

    Hours that touch, as over midnight, are one stretch.
    """
    return _next_stretch(at, hours=hours)[1]


def _next_stretch(at: datetime, *, hours: BusinessHours) -> Stretch:
    openings = _openings(as_utc(at), hours=hours)
    found = next(openings, None)
    if not found:
        raise NeverOpen(gettext_noop("These hours have no working time within ten years."))
    opens, closes = found
    for later_opens, later_closes in openings:
        if later_opens > closes:
            break
        closes = later_closes
    return opens, closes


def _openings(at: datetime, *, hours: BusinessHours) -> Iterator[Stretch]:
    """Stretches from ``at`` on, the first one cut; ends at the horizon."""
    if hours.weekly.is_empty:
        return
    day, _ = _local_days(at, at, hours=hours)
    for _ in range(HORIZON):
        for opens, closes in hours.stretches_of(day):
            if closes > at:
                yield max(opens, at), closes
        day += DAY


def _local_days(start: datetime, end: datetime, *, hours: BusinessHours) -> tuple[date, date]:
    # A day more at the end: a clock set back over midnight shows a date whose morrow has begun.
    zone = find_zone(hours.zone)
    return start.astimezone(zone).date(), end.astimezone(zone).date() + DAY
