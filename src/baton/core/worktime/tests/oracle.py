"""Working time found the slow way: look at the wall clock each minute.

It shares no code and no idea with the rules. Somebody works when the clock shows a time within
the hours; while a clock set back shows times that it has shown before, nothing changes.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
LONGEST_SETBACK = timedelta(hours=2)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Week = dict[str, list[list[str]]]
Away = tuple[date, str, date, str]  # from a day and time of the wall clock until another


def open_minutes(
    start: datetime,
    end: datetime,
    *,
    week: Week,
    zone: str,
    days_off: frozenset[date] = frozenset(),
    away: Sequence[Away] = (),
) -> Iterator[tuple[datetime, bool]]:
    """Yield (minute, is working) for each minute from start until before end."""
    highest = datetime.min  # noqa: DTZ901 -- a wall time has no zone
    where = ZoneInfo(zone)
    minute = start.astimezone(UTC) - LONGEST_SETBACK
    while minute < end:
        wall = minute.astimezone(where).replace(tzinfo=None)
        highest = max(highest, wall)
        if minute >= start:
            yield minute, _works(highest, week=week, days_off=days_off, away=away)
        minute += MINUTE


def _works(wall: datetime, *, week: Week, days_off: frozenset[date], away: Sequence[Away]) -> bool:
    spans = week.get(DAYS[wall.weekday()])
    if not spans:
        return False  # soonest said: millions of minutes are asked
    day, shown = wall.date(), wall.isoformat()[11:16]
    for opens, closes in spans:
        if opens <= shown < closes:
            return day not in days_off and not _is_away(day, shown, away=away)
    return False


def _is_away(day: date, shown: str, *, away: Sequence[Away]) -> bool:
    return any((first, begins) <= (day, shown) < (last, ends) for first, begins, last, ends in away)
