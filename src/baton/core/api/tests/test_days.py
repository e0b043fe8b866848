from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from baton.core.api.days import Day, Moment

DAY, MOMENT = TypeAdapter(Day), TypeAdapter(Moment)


def test_day_is_read_as_it_is_written():
    assert DAY.validate_python("2026-03-01") == date(2026, 3, 1)
    assert DAY.json_schema() == {"type": "string", "format": "date"}


def test_moment_is_read_with_its_offset():
    assert MOMENT.validate_python("2026-03-01T10:00:00+01:00").isoformat() == (
        "2026-03-01T10:00:00+01:00"
    )
    assert MOMENT.json_schema() == {"type": "string", "format": "date-time"}


@pytest.mark.parametrize(
    "sent",
    [
        *(0, "0", 0.0, 86_400, "1767225600", True, "", "2026-02-30", " 2026-03-01", "２026-03-01"),
        *("20260301", "2026-W09-7", "2026-03-01T00:00:00", "0001-01-01", "2200-01-01"),
    ],
)
def test_what_is_no_day_that_somebody_means_is_refused(sent):
    with pytest.raises(ValidationError):
        DAY.validate_python(sent)


@pytest.mark.parametrize(
    "sent",
    [
        *(0, "0", 1767225600, "1767225600", "", "now", "2026-03-01", "2026-03-01T00:00:00"),
        *("2026-03-01T25:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_what_is_no_moment_that_somebody_means_is_refused(sent):
    with pytest.raises(ValidationError):
        MOMENT.validate_python(sent)
