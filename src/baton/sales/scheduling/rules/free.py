"""Free times of one seller: their hours, less what is taken, within the terms of their page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from baton.core.worktime.rules import BusinessHours, day_start, find_zone

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a booking page promises; ``most_per_day`` 0 = as many as fit."""

    minutes: int
    before: timedelta = timedelta()
    after: timedelta = timedelta()
    notice: timedelta = timedelta()
    days_ahead: int
    most_per_day: int = 0

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, kw_only=True)
class Busy:
    """A time that is taken, with the quiet around it that was promised then."""

    start: datetime
    end: datetime
    before: timedelta = timedelta()
    after: timedelta = timedelta()
    is_booking: bool = False  # counts for the most of a day


@dataclass(frozen=True, kw_only=True)
class Open:
    """When somebody can be met at all: working hours, and the page's own within them."""

    working: BusinessHours
    own: BusinessHours | None = None

    @property
    def zone(self) -> str:
        return (self.own or self.working).zone

    def stretches_of(self, day: date) -> list[Stretch]:
        """Of one day on the clock of the page; what touches is one."""
        if self.own is None:
            return _joined(self.working.stretches_of(day))
        around = (day - DAY, day, day + DAY)  # the other clock may show another date
        working = _joined(one for each in around for one in self.working.stretches_of(each))
        own = _joined(self.own.stretches_of(day))
        return [
            (max(start, opens), min(end, closes))
            for start, end in own
            for opens, closes in working
            if max(start, opens) < min(end, closes)
        ]


@dataclass(frozen=True, kw_only=True)
class Day:
    """Free times of one day on the visitor's clock."""

    on: date
    starts: list[datetime]


def free_starts(
    terms: Terms,
    *,
    open_: Open,
    busy: Sequence[Busy],
    at: datetime,
    since: datetime,
    until: datetime | None = None,
) -> Iterator[datetime]:
    """When a meeting can begin, in order, from ``since`` on and before ``until``."""
    zone = find_zone(open_.zone)
    today = at.astimezone(zone).date()
    earliest = max(since, at + terms.notice)
    full = _full_days(terms, busy=busy, zone=zone)
    day = max(today, earliest.astimezone(zone).date() - DAY)
    while day <= today + DAY * terms.days_ahead:
        if until is not None and day_start(day, zone=zone) >= until:
            return
        for stretch in open_.stretches_of(day) if day not in full else ():
            taken = _near(stretch, terms=terms, busy=busy)
            for start in _starts(stretch, terms=terms, zone=zone):
                is_asked = start >= earliest and (until is None or start < until)
                if is_asked and not _is_taken(start, terms=terms, busy=taken):
                    yield start
        day += DAY


def step_of(minutes: int) -> int:
    """Minutes between two beginnings that are offered."""
    return 15 if minutes < 30 else 30


def overlaps(start: datetime, *, terms: Terms, busy: Busy) -> bool:
    """Whether both cannot be held: the longer of two promised quiets lies between them."""
    end = start + terms.length
    padded = start - terms.before < busy.end and busy.start < end + terms.after
    return padded or (start < busy.end + busy.after and busy.start - busy.before < end)


def by_days(
    starts: Iterable[datetime], *, zone: ZoneInfo, most: int
) -> tuple[list[Day], date | None]:
    """The first ``most`` days that have any, on the clock of ``zone``, and where it goes on."""
    days: list[Day] = []
    for on, found in groupby(starts, key=lambda start: start.astimezone(zone).date()):
        if len(days) == most:
            return days, on
        days.append(Day(on=on, starts=list(found)))
    return days, None


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    whole: list[Stretch] = []
    for start, end in sorted(stretches):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _starts(stretch: Stretch, *, terms: Terms, zone: ZoneInfo) -> Iterator[datetime]:
    """On the clock's quarters or halves, so that times look like times."""
    step = step_of(terms.minutes)
    local = stretch[0].astimezone(zone)
    past = timedelta(minutes=(local.hour * 60 + local.minute) % step, seconds=local.second)
    start = stretch[0] + (timedelta(minutes=step) - past if past else timedelta())
    while start + terms.length <= stretch[1]:
        yield start
        start += MINUTE * step


def _near(stretch: Stretch, *, terms: Terms, busy: Sequence[Busy]) -> list[Busy]:
    """Those alone that can be in the way of a meeting within: half a year ahead may be full."""
    begins, ends = stretch
    return [
        one
        for one in busy
        if one.start < ends + max(terms.after, one.before)
        and begins - max(terms.before, one.after) < one.end
    ]


def _is_taken(start: datetime, *, terms: Terms, busy: Sequence[Busy]) -> bool:
    return any(overlaps(start, terms=terms, busy=one) for one in busy)


def _full_days(terms: Terms, *, busy: Sequence[Busy], zone: ZoneInfo) -> set[date]:
    if not terms.most_per_day:
        return set()
    counts = Counter(one.start.astimezone(zone).date() for one in busy if one.is_booking)
    return {day for day, count in counts.items() if count >= terms.most_per_day}
