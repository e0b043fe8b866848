"""A time is picked: what the address says, and what the page shows of it."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.formats import date_format

from baton.core.ui.asked import YEARS, day_of
from baton.core.worktime.rules import find_zone, zone_choices
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.queries import free_days, open_of
from baton.sales.scheduling.rules import Day
from baton.sales.scheduling.words import when

DAYS = 5  # on one page
ALL = 366  # more than anybody offers ahead
STAMP = "%Y%m%dT%H%MZ"


@dataclass(frozen=True, kw_only=True)
class Picked:
    """Where somebody stands: the clock they read, from which day on, which time they took."""

    page: BookingPage
    path: str
    zone: ZoneInfo
    at: datetime
    since: date | None = None
    start: datetime | None = None
    without: Booking | None = None  # the one that is moved

    def url(self, **asked: str) -> str:
        return f"{self.path}?{urlencode({'zone': self.zone.key, **asked})}"

    def since_url(self, on: date) -> str:
        return self.url(**{"from": on.isoformat()})


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A day on a sheet of the calendar; without ``url`` nothing is free."""

    on: date
    url: str
    is_shown: bool


@dataclass(frozen=True, kw_only=True)
class Month:
    """A sheet of the calendar, and the nearest ones that have free days."""

    on: date
    weeks: list[list[Cell | None]]
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Time:
    """One free time as a link."""

    label: str
    url: str
    stamp: str
    full: str  # with its day, for who hears only the link


def read_picked(
    request: HttpRequest,
    page: BookingPage,
    *,
    at: datetime,
    without: Booking | None = None,
    usual: str = "",
) -> Picked:
    """What cannot be read counts as not said; ``usual`` is the clock of who names none."""
    asked = request.POST if request.method == "POST" else request.GET
    return Picked(
        page=page,
        path=request.path,
        zone=_zone(asked.get("zone", "") or usual) or find_zone(open_of(page).zone),
        at=at,
        since=day_of(asked.get("from", "")),
        start=read_stamp(asked.get("at", "")),
        without=without,
    )


def read_stamp(text: str) -> datetime | None:
    """None for what names no moment that anybody plans for."""
    try:
        moment = datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if stamp_of(moment) == text and moment.year in YEARS else None


def stamp_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(STAMP)


def _zone(name: str) -> ZoneInfo | None:
    return find_zone(name) if (name, name.replace("_", " ")) in zone_choices() else None


def times_of(picked: Picked, *, most: int = DAYS) -> dict[str, object]:
    """The free times as a template draws them, the month around them, and where more are."""
    free, _none = free_days(
        picked.page, zone=picked.zone, at=picked.at, most=ALL, without=picked.without
    )
    ahead = [day for day in free if picked.since is None or day.on >= picked.since]
    days, later = ahead[:most], ahead[most:]
    return {
        "picked": picked,
        "zones": zone_choices(),
        "days": [(day.on, _times(day, picked)) for day in days],
        "month": _month(days, [day.on for day in free], picked) if days else None,
        "later": picked.since_url(later[0].on) if later else "",
        "first": picked.url() if picked.since else "",
    }


def _month(days: Sequence[Day], free: Sequence[date], picked: Picked) -> Month:
    """The sheet on which the first of the ``days`` stands; ``free`` are all that there are."""
    shown, on = {day.on for day in days}, days[0].on
    weeks = [
        [
            Cell(on=day, url=picked.since_url(day) if day in free else "", is_shown=day in shown)
            if day.month == on.month
            else None
            for day in week
        ]
        for week in Calendar().monthdatescalendar(on.year, on.month)
    ]
    first = {(day.year, day.month): day for day in reversed(free)}  # of each month
    before = [day for month, day in first.items() if month < (on.year, on.month)]
    after = [day for month, day in first.items() if month > (on.year, on.month)]
    return Month(
        on=on,
        weeks=weeks,
        before=picked.since_url(max(before)) if before else "",
        after=picked.since_url(min(after)) if after else "",
    )


def _times(day: Day, picked: Picked) -> list[Time]:
    """An hour that comes twice in the night of the clocks says which one it is."""
    local = [start.astimezone(picked.zone) for start in day.starts]
    labels = [date_format(one, "H:i") for one in local]
    return [
        Time(
            label=label if labels.count(label) == 1 else f"{label} {one.tzname()}",
            url=picked.url(at=stamp_of(one)),
            stamp=stamp_of(one),
            full=when(one, zone=picked.zone),
        )
        for label, one in zip(labels, local, strict=True)
    ]
