from datetime import UTC, date, datetime, timedelta

import pytest

from baton.core.worktime.rules import (
    DEFAULT_WEEK,
    BadLeave,
    BusinessHours,
    DaysAway,
    FreeDays,
    add_working_time,
    leave_of,
    public_holidays,
    working_time_between,
)

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def away(first=0, last=0, **over):
    return DaysAway(from_on=MONDAY + first * DAY, to_on=MONDAY + last * DAY, **over)


def hours(*leave):
    spans = leave_of(leave, zone="Europe/Berlin")
    return BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin", leave=spans)


@pytest.mark.parametrize(
    ("leave", "worked"),
    [
        (away(), 32),
        (away(starts_at_noon=True), 35),  # nine to twelve is worked
        (away(ends_at_noon=True), 37),
        (away(0, 1, starts_at_noon=True), 27),
        (away(0, 4), 0),
        (away(5, 6), 40),  # a weekend
    ],
)
def test_leave_is_not_worked(leave, worked):
    week = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 8, tzinfo=UTC)

    assert working_time_between(*week, hours=hours(leave)) == timedelta(hours=worked)


def test_clock_waits_until_somebody_is_back():
    at = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)  # half an hour before closing

    due = add_working_time(
        at, budget=timedelta(hours=1), hours=hours(away(1, 3, ends_at_noon=True))
    )

    assert due == datetime(2026, 3, 5, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (away(0, 1), away(1, 2), True),
        (away(0, 1), away(2, 3), False),
        (away(ends_at_noon=True), away(starts_at_noon=True), False),
        (away(0, 4), away(2, 2, ends_at_noon=True), True),
    ],
)
def test_two_leaves_overlap_by_half_days(one, other, overlap):
    assert (one.overlaps(other), other.overlaps(one)) == (overlap, overlap)


@pytest.mark.parametrize(
    ("leave", "days"), [(away(), 1), (away(0, 4), 5), (away(0, 1, starts_at_noon=True), 1.5)]
)
def test_leave_counts_its_days(leave, days):
    assert leave.days == days


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"first": 1, "last": 0}, "The last day off lies before the first one."),
        ({"starts_at_noon": True, "ends_at_noon": True}, "choose one half."),
        ({"last": 800}, "Two years of leave are the most"),
    ],
)
def test_leave_that_cannot_be_is_refused(over, sentence):
    with pytest.raises(BadLeave, match=sentence):
        away(**over)


def test_leave_of_a_year_that_nobody_plans_is_refused():
    with pytest.raises(BadLeave, match="Nobody plans leave"):
        DaysAway(from_on=date.max, to_on=date.max)


@pytest.mark.parametrize(
    ("day", "is_free"),
    [
        (date(2026, 12, 24), True),
        (date(2030, 12, 24), True),  # each year again
        (date(2025, 12, 24), False),  # not before it was decided
        (date(2026, 12, 25), True),  # a public holiday
        (date(2026, 3, 6), True),
        (date(2027, 3, 6), False),  # once only
        (date(2026, 3, 2), False),
    ],
)
def test_company_has_free_days_of_its_own(day, is_free):
    free = FreeDays.of(
        [(date(2026, 12, 24), True), (date(2026, 3, 6), False)], public=public_holidays("DE")
    )

    assert (day in free) is is_free


def test_day_that_a_zone_left_out_is_no_leave():
    gone = DaysAway(from_on=date(2011, 12, 30), to_on=date(2011, 12, 30))

    assert leave_of([gone], zone="Pacific/Apia") == ()
