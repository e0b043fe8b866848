from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.worktime.rules.weeks import Span, WeeklyHours

SECOND = timedelta(seconds=1)
FIRST_YEAR, LATEST_YEAR = 1900, 9900  # so that looking ahead never leaves the calendar
Stretch = tuple[datetime, datetime]
Leave = tuple[datetime, datetime]


class UnknownZone(RuleViolation, ValueError):
    """Not a name of the IANA time zone database."""


class OutOfReach(RuleViolation, ValueError):
    """A moment or a distance for which nobody plans working hours."""


@dataclass(frozen=True)
class BusinessHours:
    """When somebody works: weekly hours on the wall clock of a zone, less days off and leave.

    ``days_off`` are local dates; ``leave`` are (start, end) pairs of aware datetimes.
    """

    weekly: WeeklyHours
    zone: str
    days_off: Container[date] = frozenset()
    leave: tuple[Leave, ...] = ()

    def __post_init__(self) -> None:
        find_zone(self.zone)
        for start, end in self.leave:
            if as_utc(start) >= as_utc(end):
                raise ValueError("Leave ends after it starts")

    def stretches_of(self, day: date) -> list[Stretch]:
        """The working stretches of one local day, in UTC and in order."""
        if day in self.days_off:
            return []
        stretches = _stretches(day, spans=self.weekly.days[day.weekday()], zone=self.zone)
        for leave in self.leave:
            stretches = [part for whole in stretches for part in _without(whole, leave=leave)]
        return stretches


@cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """All that there are, as a form offers them."""
    return tuple((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()))


def find_zone(name: str) -> ZoneInfo:
    # ZoneInfo itself raises five kinds of error: for "", "..", "posix", a NUL, a name too long.
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(
            gettext_noop("“%(zone)s” is not a time zone, like Europe/Berlin."), zone=name[:60]
        ) from error


def as_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone says nothing about when")
    if not FIRST_YEAR <= at.year <= LATEST_YEAR:
        raise OutOfReach(
            gettext_noop("Working time is counted from %(first)s to %(latest)s only."),
            first=FIRST_YEAR,
            latest=LATEST_YEAR,
        )
    return at.astimezone(UTC)


def instant(wall: datetime, *, zone: tzinfo) -> datetime:
    """The first moment at which the wall clock shows ``wall`` or, in a gap, later than that.

    Hence an hour that happens twice counts from its first pass, a time that a clock change
    leaves out becomes the moment of the change, and the order of wall times is kept.
    """
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(before, first, zone=zone)


def day_start(day: date, *, zone: tzinfo) -> datetime:
    """The first moment of a local day, in UTC: not always a midnight."""
    return instant(datetime.combine(day, time()), zone=zone)


def _change_between(before: datetime, after: datetime, *, zone: tzinfo) -> datetime:
    old = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=8192)
def _resolved(day: date, spans: tuple[Span, ...], zone: str) -> tuple[Stretch, ...]:
    midnight, where = datetime.combine(day, time()), find_zone(zone)
    pairs = (
        (
            instant(midnight + timedelta(minutes=span.opens), zone=where),
            instant(midnight + timedelta(minutes=span.closes), zone=where),
        )
        for span in spans
    )
    return tuple(pair for pair in pairs if pair[0] < pair[1])


def _stretches(day: date, *, spans: tuple[Span, ...], zone: str) -> list[Stretch]:
    return list(_resolved(day, spans, zone)) if spans else []


def _without(whole: Stretch, *, leave: Leave) -> list[Stretch]:
    start, end = (as_utc(edge) for edge in leave)
    parts = [(whole[0], min(whole[1], start)), (max(whole[0], end), whole[1])]
    return [part for part in parts if part[0] < part[1]]
