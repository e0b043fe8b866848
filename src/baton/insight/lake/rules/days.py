"""The days of a zone as moments: one definition, the same that the periods of reports have."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Day(NamedTuple):
    """``starts_at`` is UTC without saying so, as all moments of the lake."""

    on_day: date
    starts_at: datetime


def day_starts(zone: ZoneInfo, *, first: datetime, latest: datetime) -> list[Day]:
    """The days from the one that holds ``first`` to the one that holds ``latest`` (both UTC).

    A day that the zone left out (Apia had no 30 December 2011) is left out here.
    """
    day = _on(first, zone) - timedelta(days=1)
    until = _on(latest, zone) + timedelta(days=1)
    found: dict[datetime, date] = {}
    while day <= until:
        found[datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)] = day
        day += timedelta(days=1)
    return [Day(on_day, starts_at) for starts_at, on_day in sorted(found.items())]


def _on(at: datetime, zone: ZoneInfo) -> date:
    return at.replace(tzinfo=UTC).astimezone(zone).date()
