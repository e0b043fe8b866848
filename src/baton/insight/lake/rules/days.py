"""The days of a zone as moments: one definition, the same that the periods of reports have."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


class UtcDay(NamedTuple):
    """Which day of the zone it is within a day of UTC: ``former_day`` at its beginning, another
    from ``first_at`` on, and a third one from ``second_at`` on (London, when summer time begins).

    So that a moment finds its day by that of UTC: to compare with all midnights is far slower.
    """

    utc_day: date
    former_day: date
    first_at: datetime | None
    first_day: date | None
    second_at: datetime | None
    second_day: date | None


def utc_days(zone: ZoneInfo, *, first: datetime, latest: datetime) -> list[UtcDay]:
    """The days of UTC from that of ``first`` to that of ``latest`` (both UTC)."""
    starts = _starts(zone, first.date() - timedelta(days=3), latest.date() + timedelta(days=2))
    begun: dict[date, list[tuple[datetime, date]]] = {}
    for at, day in starts:
        begun.setdefault(at.date(), []).append((at, day))
    found, day, present = [], starts[0][0].date(), starts[0][1]
    while day <= latest.date():
        within = begun.get(day, [])
        (first_at, one), (second_at, other) = [*within, (None, None), (None, None)][:2]
        if day >= first.date():
            found.append(UtcDay(day, present, first_at, one, second_at, other))
        present, day = (within[-1][1] if within else present), day + timedelta(days=1)
    return found


def _starts(zone: ZoneInfo, day: date, until: date) -> list[tuple[datetime, date]]:
    """When each day begins, in UTC without saying so. A day that the zone left out (Apia had no
    30 December 2011) begins when the next one does, and is left out here."""
    found: dict[datetime, date] = {}
    while day <= until:
        found[datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)] = day
        day += timedelta(days=1)
    return sorted(found.items())
