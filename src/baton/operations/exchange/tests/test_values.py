from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from baton.operations.exchange.rules.values import BadValue, read_cell

BERLIN = ZoneInfo("Europe/Berlin")
AMERICAN = ("%m/%d/%Y %I:%M %p", "%m/%d/%Y")
ODD = ("%Y-%d-%m", "%Y-%d-%m %H:%M")


@pytest.mark.parametrize(
    ("text", "formats", "found"),
    [
        ("2026-03-01 16:30", AMERICAN, datetime(2026, 3, 1, 15, 30, tzinfo=UTC)),
        ("2026-03-01T16:30:05", AMERICAN, datetime(2026, 3, 1, 15, 30, 5, tzinfo=UTC)),
        ("2026-03-01", AMERICAN, datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("03/01/2026 04:30 PM", AMERICAN, datetime(2026, 3, 1, 15, 30, tzinfo=UTC)),
        ("2026-03-01", ODD, datetime(2026, 1, 2, 23, tzinfo=UTC)),
        ("2026-03-13 12:00", ODD, datetime(2026, 3, 13, 11, tzinfo=UTC)),
        ("2026-03-01 12:05", ("%Y-%m-%d %I:%M",), datetime(2026, 2, 28, 23, 5, tzinfo=UTC)),
    ],
)
def test_moment_is_read_by_the_first_format_that_takes_it(text, formats, found):
    assert read_cell(text, kind="moment", zone=BERLIN, formats=formats) == found


def test_day_that_is_in_no_calendar_is_refused():
    with pytest.raises(BadValue):
        read_cell("2026-02-30", kind="day", zone=BERLIN, formats=())


def test_day_is_that_of_the_zone():
    found = read_cell("2026-03-01", kind="day", zone=BERLIN, formats=())

    assert found == date(2026, 3, 1)
