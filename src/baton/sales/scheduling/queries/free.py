"""When a seller is free: hours, holidays and leave, less what stands in their calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from baton.core.calendars.queries import HoursBook
from baton.core.worktime.rules import BusinessHours, WeeklyHours, day_start
from baton.records.timeline.models import Activity
from baton.records.timeline.rules import Kind
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.rules import Busy, Day, Open, Terms, by_days, free_starts

DAY = timedelta(days=1)
USUAL = 30  # minutes of a meeting of which nobody said how long it is
GRACE = timedelta(minutes=30)  # while somebody types, notice goes on running


def open_of(page: BookingPage) -> Open:
    """Their working hours, and the page's own within those."""
    working = HoursBook([page.user]).of(page.user)
    if page.hours is None:
        return Open(working=working)
    weekly = WeeklyHours.parse(page.hours)
    return Open(working=working, own=BusinessHours(weekly=weekly, zone=page.zone or working.zone))


def free_days(
    page: BookingPage,
    *,
    zone: ZoneInfo,
    at: datetime,
    since: date | None = None,
    most: int,
    without: Booking | None = None,
) -> tuple[list[Day], date | None]:
    """The next days that have free times, on the clock of ``zone``, and where more are."""
    terms, begin = _terms(page, without), day_start(since, zone=zone) if since else at
    until = at + DAY * (terms.days_ahead + 2)
    starts = free_starts(
        terms,
        open_=open_of(page),
        busy=_busy(page, since=at - DAY, until=until, without=without),
        at=at,
        since=begin,
    )
    return by_days(starts, zone=zone, most=most)


def is_free(
    page: BookingPage, start: datetime, *, at: datetime, without: Booking | None = None
) -> bool:
    """Whether a meeting can begin at this moment, the notice seen kindly: asked under the lock."""
    terms, second = _terms(page, without), timedelta(seconds=1)
    busy = _busy(page, since=start - DAY * 2, until=start + DAY * 2, without=without)
    lenient = at - min(GRACE, terms.notice)
    asked = {"since": max(start, at), "until": start + second}
    found = free_starts(terms, open_=open_of(page), busy=busy, at=lenient, **asked)
    return start > at and next(found, None) == start


def _terms(page: BookingPage, moved: Booking | None) -> Terms:
    """A meeting that is moved stays as long, and as much by itself, as it was promised."""
    if moved is None:
        return page.terms()
    return replace(
        page.terms(),
        minutes=(moved.ends_at - moved.starts_at) // timedelta(minutes=1),
        before=timedelta(minutes=moved.buffer_before),
        after=timedelta(minutes=moved.buffer_after),
    )


def _busy(
    page: BookingPage, *, since: datetime, until: datetime, without: Booking | None
) -> list[Busy]:
    rows = Booking.objects.standing().filter(
        rep=page.user_id, starts_at__lt=until, starts_at__gte=since - DAY
    )
    if without:
        rows = rows.exclude(pk=without.pk)
    return [
        *(
            Busy(
                start=one.starts_at,
                end=one.ends_at,
                before=timedelta(minutes=one.buffer_before),
                after=timedelta(minutes=one.buffer_after),
                is_booking=True,
            )
            for one in rows
        ),
        *_logged(page, since=since, until=until),
    ]


def _logged(page: BookingPage, *, since: datetime, until: datetime) -> list[Busy]:
    """Meetings ahead that came from elsewhere: an import, another program."""
    rows = Activity.objects.filter(
        by=page.user_id, kind=Kind.MEETING, at__gte=since - DAY, at__lt=until, deleted_at=None
    )
    return [
        Busy(start=at, end=at + timedelta(minutes=minutes or USUAL))
        for at, minutes in rows.values_list("at", "minutes")
    ]
