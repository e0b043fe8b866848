from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from baton.core.worktime.rules.counting import (
    NeverOpen,
    is_open,
    next_opening,
    working_time_between,
)
from baton.core.worktime.rules.hours import BusinessHours, as_utc

SECOND = timedelta(seconds=1)


class ClockState(StrEnum):
    """The colours of a clock; their words are the screen's."""

    BLUE = "blue"  # time enough
    AMBER = "amber"  # under a third of the allowed working time is left
    RED = "red"  # late
    GRAY = "gray"  # paused: outside the hours of whoever owes


@dataclass(frozen=True)
class Clock:
    """What a clock shows at one moment. Seconds are negative once it is late."""

    state: ClockState
    seconds_left: int  # of working time
    wall_seconds_left: int
    starts_at: datetime | None  # when it goes on, while paused; None when nobody knows


def words_left(due: datetime, *, now: datetime, hours: BusinessHours, allowed: timedelta) -> Clock:
    """What to show of a clock that was given ``allowed`` working time and ends at ``due``.

    Late is late, also at night: red comes before gray. A clock is late from its due moment on.
    """
    due, now = as_utc(due), as_utc(now)
    left = working_time_between(now, due, hours=hours)
    paused = now < due and not is_open(now, hours=hours)
    return Clock(
        state=ClockState.GRAY if paused else _running_state(left, late=now >= due, allowed=allowed),
        seconds_left=_whole_seconds(left),
        wall_seconds_left=_whole_seconds(due - now),
        starts_at=_next_opening_if_any(now, hours) if paused else None,
    )


def _running_state(left: timedelta, *, late: bool, allowed: timedelta) -> ClockState:
    if late:
        return ClockState.RED
    return ClockState.AMBER if left * 3 < allowed else ClockState.BLUE


def _whole_seconds(span: timedelta) -> int:
    """Towards zero: 59.9 seconds late is not yet a minute late."""
    return -(-span // SECOND) if span < timedelta() else span // SECOND


def _next_opening_if_any(now: datetime, hours: BusinessHours) -> datetime | None:
    try:
        return next_opening(now, hours=hours)
    except NeverOpen:
        return None
