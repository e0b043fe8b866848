from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baton.insight.lake.rules import utc_days, words_in, worth_merging

ZONES = ("UTC", "Europe/London", "Europe/Berlin", "Asia/Kathmandu", "America/Sao_Paulo")


@pytest.mark.parametrize("zone", [*ZONES, "Pacific/Apia", "Pacific/Auckland"])
def test_day_of_utc_tells_each_moments_day(zone):
    """Over years with summer time, a change at midnight, and a day that Apia left out."""
    begin, end = datetime(2011, 12, 27), datetime(2018, 11, 9)  # noqa: DTZ001 -- UTC, unsaid
    days = {day.utc_day: day for day in utc_days(ZoneInfo(zone), first=begin, latest=end)}
    at = begin
    while at < end:
        day = days[at.date()]
        told = (
            day.second_day
            if day.second_at and at >= day.second_at
            else day.first_day
            if day.first_at and at >= day.first_at
            else day.former_day
        )
        assert told == at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
        at += timedelta(minutes=15 * 7)


def test_one_day_of_utc_may_hold_two_beginnings():
    noon = datetime(2026, 3, 29, 12)  # noqa: DTZ001 -- UTC, unsaid
    [day] = utc_days(ZoneInfo("Europe/London"), first=noon, latest=noon)

    assert (day.former_day, day.first_day, day.second_day) == (
        date(2026, 3, 28),
        date(2026, 3, 29),
        date(2026, 3, 30),
    )


@pytest.mark.parametrize(
    ("counts", "chosen"),
    [
        ([], []),
        ([9, 9, 9], []),
        ([9, 9, 9, 9], [0, 1, 2, 3]),
        ([100, 9, 9, 9, 9], [1, 2, 3, 4]),
        ([60, 9, 9, 9, 9], [0, 1, 2, 3, 4]),
        ([9, 9, 400_000], []),
        ([9, 9, 9, 9, 400_000], [0, 1, 2, 3]),
        ([200_000] * 5, []),
        ([150_000] * 5, []),
    ],
)
def test_neighbours_that_are_worth_one_file(counts, chosen):
    assert list(worth_merging(counts)) == chosen


@pytest.mark.parametrize(
    ("sql", "is_told"),
    [
        ("SELECT COUNT(*) FROM people WHERE score * 2 > 9", True),
        ("WITH told AS (SELECT id FROM people) SELECT told.* FROM told", True),
        ("SELECT * FROM people", False),
        ("SELECT DISTINCT * FROM people", False),
        ("SELECT 1, * FROM people", False),
        ("SELECT seen.* FROM people AS seen", False),
        ("SELECT id FROM people NATURAL JOIN deals", False),
    ],
)
def test_words_of_a_statement_are_its_columns_unless_a_star_is_among_them(sql, is_told):
    assert (words_in(sql) is not None) is is_told
