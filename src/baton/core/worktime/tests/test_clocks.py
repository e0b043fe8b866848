from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baton.core.worktime.rules import (
    DEFAULT_WEEK,
    BusinessHours,
    Clock,
    ClockState,
    WeeklyHours,
    words_left,
)

BERLIN = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")
HOUR = timedelta(hours=1)
AN_HOUR, A_NIGHT, A_WEEKEND = 3600, 16 * 3600, 64 * 3600


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "state", "left", "wall"),
    [
        ("2024-06-13T10:00", ClockState.BLUE, 3600, 3600),
        ("2024-06-13T10:40", ClockState.BLUE, 1200, 1200),  # exactly a third
        ("2024-06-13T10:40:01", ClockState.AMBER, 1199, 1199),
        ("2024-06-13T10:59:59.500000", ClockState.AMBER, 0, 0),
        ("2024-06-13T11:00", ClockState.RED, 0, 0),
        ("2024-06-13T11:18", ClockState.RED, -1080, -1080),
        ("2024-06-14T09:00", ClockState.RED, -6 * AN_HOUR, -6 * AN_HOUR - A_NIGHT),
        (
            "2024-06-13T20:00",
            ClockState.RED,
            -6 * AN_HOUR,
            -9 * AN_HOUR,
        ),  # late stays late at night
    ],
)
def test_clock_while_it_runs(now, state, left, wall):
    clock = words_left(at("2024-06-13T11:00"), now=at(now), hours=BERLIN, allowed=HOUR)

    assert (clock.state, clock.seconds_left, clock.wall_seconds_left) == (state, left, wall)
    assert clock.starts_at is None


def test_clock_over_the_weekend_is_paused_until_monday():
    clock = words_left(
        at("2024-06-17T09:30"), now=at("2024-06-14T17:00"), hours=BERLIN, allowed=HOUR
    )

    assert clock == Clock(
        state=ClockState.GRAY,
        seconds_left=1800,
        wall_seconds_left=A_WEEKEND + 1800,
        starts_at=at("2024-06-17T09:00"),
    )


def test_clock_of_somebody_who_never_works_has_no_start():
    never = BusinessHours(weekly=WeeklyHours.parse({}), zone="Europe/Berlin")

    clock = words_left(
        at("2024-06-13T11:00"), now=at("2024-06-13T10:00"), hours=never, allowed=HOUR
    )

    assert (clock.state, clock.seconds_left, clock.starts_at) == (ClockState.GRAY, 0, None)
