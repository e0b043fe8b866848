from datetime import UTC, datetime, timedelta

import pytest

from baton.marketing.capture.rules.limits import CROWD, REFILL, Level, Pace, draw, pace_of

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("open_for", "pace"),
    [
        (timedelta(seconds=0), Pace.TOO_QUICK),
        (timedelta(seconds=1.9), Pace.TOO_QUICK),
        (timedelta(seconds=2), Pace.FINE),
        (timedelta(hours=24), Pace.FINE),
        (timedelta(hours=24, seconds=1), Pace.TOO_LATE),
        (timedelta(seconds=-60), Pace.TOO_QUICK),
    ],
)
def test_pace_of_a_form(open_for, pace):
    assert pace_of(opened_at=MONDAY, at=MONDAY + open_for) is pace


def test_bucket_empties_and_fills_again():
    level: Level | None = None
    for _ in range(int(CROWD)):
        level = draw(level, at=MONDAY)
        assert level

    assert draw(level, at=MONDAY) is None
    assert draw(level, at=MONDAY + timedelta(seconds=REFILL - 1)) is None
    assert draw(level, at=MONDAY + timedelta(seconds=REFILL + 1)) is not None


def test_bucket_holds_no_more_than_a_crowd():
    level = draw(Level(3.0, MONDAY), at=MONDAY + timedelta(days=30))

    assert level == Level(CROWD - 1, MONDAY + timedelta(days=30))


def test_bucket_survives_a_clock_set_back():
    assert draw(Level(3.0, MONDAY), at=MONDAY - timedelta(hours=1)) is not None
