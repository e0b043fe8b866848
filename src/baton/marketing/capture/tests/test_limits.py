from datetime import UTC, datetime, timedelta

from baton.marketing.capture.rules.limits import CROWD, REFILL, Level, draw

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


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
