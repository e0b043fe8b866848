from datetime import timedelta

import pytest

from baton.core.ui import clock

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("left", "words", "hue", "share", "exact"),
    [
        (timedelta(minutes=52), "52 min left", "blue", 13, "52:00"),
        (timedelta(minutes=20), "20 min left", "blue", 67, "20:00"),
        (timedelta(minutes=12, seconds=24), "12 min left", "amber", 79, "12:24"),
        (timedelta(0), "0 min left", "amber", 100, "0:00"),
        (-timedelta(minutes=18), "18 min late", "red", 100, "−18:00"),
        (-timedelta(hours=2, minutes=10), "2 h 10 late", "red", 100, "2 h 10 late"),
    ],
)
def test_running_clock_shows_urgency(left, words, hue, share, exact):
    face = clock.running(left=left, allowed=HOUR)

    assert (face.words, face.hue, face.share, face.exact) == (words, hue, share, exact)
    assert face.left == left.total_seconds()


@pytest.mark.parametrize(
    ("working", "by_calendar", "words"),
    [
        (timedelta(hours=80), timedelta(days=14), "14 days left"),
        (-timedelta(hours=480), -timedelta(days=84), "84 days late"),
        (timedelta(hours=40), timedelta(days=7), "40 h 00 left"),
    ],
)
def test_long_clock_tells_days_of_the_calendar(working, by_calendar, words):
    allowed = timedelta(hours=80)

    assert clock.running(left=working, allowed=allowed, by_calendar=by_calendar).words == words


def test_clock_with_nothing_allowed_is_used_up():
    face = clock.running(left=timedelta(0), allowed=timedelta(0))

    assert face.share == 100


def test_clock_that_stands_still_does_not_tick():
    paused = clock.paused(words="Starts Fri 09:00")
    late = clock.stopped(words="Answered 18 min late", kept=False)

    assert (paused.hue, paused.left, paused.exact) == ("gray", None, "Starts Fri 09:00")
    assert (late.hue, late.left) == ("red", None)
