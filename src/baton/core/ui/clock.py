"""The face of a clock: blue; amber under a third left; red late; gray when it stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.ui.formats import day_words, duration_words, hour_words
from baton.core.worktime.rules import (
    BusinessHours,
    Clock,
    ClockState,
    closing_after,
    find_zone,
    is_open,
)

NOTHING = timedelta(0)
MOMENT = timedelta.resolution
HOUR = 3600  # seconds
LONG = timedelta(hours=48)  # of working time; from there on days are told, as the calendar has them
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, kw_only=True)
class Face:
    words: str | Promise
    hue: str
    share: int = 0  # of the time, used up, in percent
    left: int | None = None  # working seconds; None: it does not tick
    allowed: int = 0  # working seconds
    runs: int | None = None  # wall-clock seconds until the working day ends

    @property
    def exact(self) -> str | Promise:
        """12:24 in the last hour; late has a minus. Before that the words, in a large face."""
        if self.left is None or abs(self.left) >= HOUR:
            return self.words
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{MINUS if self.left < 0 else ''}{minutes}:{seconds:02d}"


def ticking(clock: Clock, *, allowed: timedelta, hours: BusinessHours, now: datetime) -> Face:
    """Of what ``words_left`` says of an open clock. A late one of somebody who has gone home stands
    still, and stays red."""
    if clock.state is ClockState.GRAY:
        return paused(words=_standing_words(clock, hours=hours, now=now))
    open_for = closing_after(now, hours=hours) - now if is_open(now, hours=hours) else NOTHING
    left = timedelta(seconds=clock.seconds_left)
    if clock.state is ClockState.RED:
        left = min(left, timedelta(seconds=-1))
    by_calendar = timedelta(seconds=clock.wall_seconds_left)
    return running(left=left, allowed=allowed, runs=open_for, by_calendar=by_calendar)


def _standing_words(clock: Clock, *, hours: BusinessHours, now: datetime) -> str:
    """Why it stands still, or when it starts."""
    back = now
    for begin, end in sorted(hours.leave):  # one may follow the other
        back = end if begin <= back < end else back
    if back > now:
        here = find_zone(hours.zone)
        latest, today = (at.astimezone(here).date() for at in (back - MOMENT, now))
        return _("On leave until %(day)s") % {"day": day_words(latest, today=today, is_inside=True)}
    if clock.starts_at is None:
        return _("Paused")
    when = hour_words(clock.starts_at, now=now, is_inside=True)
    return _("Starts %(when)s") % {"when": when}


def running(
    *,
    left: timedelta,
    allowed: timedelta,
    runs: timedelta | None = None,
    by_calendar: timedelta | None = None,
) -> Face:
    """Working time left of what was allowed; negative is late. It ticks for ``runs`` at most. Of a
    LONG one ``by_calendar`` is told: nobody counts ten working days as three times 24 hours."""
    is_late = left < NOTHING
    share = 1 - left / allowed if allowed > NOTHING else 1.0
    span = duration_words(abs(by_calendar if by_calendar and abs(left) >= LONG else left))
    return Face(
        words=_("{time} late").format(time=span) if is_late else _("{time} left").format(time=span),
        hue="red" if is_late else "amber" if left < allowed / 3 else "blue",
        share=round(max(0.0, min(1.0, share)) * 100),
        left=int(left.total_seconds()),
        allowed=int(allowed.total_seconds()),
        runs=int(runs.total_seconds()) if runs is not None else None,
    )


def paused(*, words: str | Promise) -> Face:
    """Outside working hours: "Starts Fri 09:00"."""
    return Face(words=words, hue="gray")


def stopped(*, words: str | Promise, kept: bool) -> Face:
    """Answered: in time (green) or late (red)."""
    return Face(words=words, hue="green" if kept else "red", share=100)
