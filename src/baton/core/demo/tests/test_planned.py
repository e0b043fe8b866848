"""What is still to be done in the story is due when people work."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from baton.core.demo.rules import Calendar

SATURDAY = datetime(2026, 11, 28, 14, 24, tzinfo=UTC)  # 15:24 in Berlin
HOLIDAY = date(2026, 12, 1)
CALENDAR = Calendar(at=SATURDAY, zone=ZoneInfo("Europe/Berlin"), days_off={HOLIDAY})


@pytest.mark.parametrize(
    ("about", "planned"),
    [
        (datetime(2026, 12, 2, 9, 41, tzinfo=UTC), "2026-12-02 10:30"),
        (datetime(2026, 12, 2, 23, 41, tzinfo=UTC), "2026-12-03 09:00"),
        (datetime(2026, 11, 28, 19, 24, tzinfo=UTC), "2026-11-30 17:00"),  # after hours, a weekend
        (datetime(2026, 12, 1, 9, 0, tzinfo=UTC), "2026-12-02 10:00"),  # a holiday
        (datetime(2026, 11, 28, 6, 24, tzinfo=UTC), "2026-11-27 09:00"),  # what is late stays late
    ],
)
def test_planned_is_a_half_hour_of_a_working_day(about, planned):
    local = CALENDAR.planned(about).astimezone(CALENDAR.zone)

    assert f"{local:%Y-%m-%d %H:%M}" == planned
