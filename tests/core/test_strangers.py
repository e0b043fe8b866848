"""What every public form asks of who sends it."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.core.strangers import Pace, pace_of

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("open_for", "pace"),
    [
        (timedelta(seconds=0), Pace.TOO_QUICK),
        (timedelta(seconds=1), Pace.TOO_QUICK),
        (timedelta(seconds=1.9), Pace.TOO_QUICK),
        (timedelta(seconds=2), Pace.FINE),
        (timedelta(hours=24), Pace.FINE),
        (timedelta(hours=24, seconds=1), Pace.TOO_LATE),
        (timedelta(seconds=-60), Pace.TOO_QUICK),
    ],
)
def test_pace_of_a_form(open_for, pace):
    assert pace_of(opened_at=MONDAY, at=MONDAY + open_for) is pace
