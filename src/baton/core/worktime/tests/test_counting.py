from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from baton.core.errors import RuleViolation
from baton.core.worktime.rules import (
    DEFAULT_WEEK,
    BusinessHours,
    NeverOpen,
    WeeklyHours,
    add_working_time,
    closing_after,
    is_open,
    next_opening,
    working_time_between,
)

BERLIN = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")
NIGHT_SHIFT = [["00:00", "06:00"], ["22:00", "24:00"]]
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NIGHTS = WeeklyHours.parse({day: list(NIGHT_SHIFT) for day in EVERY_DAY})


def local(text: str, zone: str = "Europe/Berlin", *, fold: int = 0) -> datetime:
    # In UTC: a time that happens twice equals no time of another zone.
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def hours(zone: str, **week: list[list[str]]) -> BusinessHours:
    return BusinessHours(weekly=WeeklyHours.parse(week), zone=zone)


@pytest.mark.parametrize(
    ("start", "budget", "due"),
    [
        ("2024-06-12T10:00", {"minutes": 15}, "2024-06-12T10:15"),
        ("2024-06-12T16:50", {"minutes": 15}, "2024-06-13T09:05"),
        ("2024-06-12T16:45", {"minutes": 15}, "2024-06-12T17:00"),  # at closing, not next morning
        ("2024-06-12T03:00", {"hours": 1}, "2024-06-12T10:00"),
        ("2024-06-14T16:00", {"hours": 2}, "2024-06-17T10:00"),  # Friday to Monday
        ("2024-06-15T12:00", {"hours": 8}, "2024-06-17T17:00"),  # Saturday
        ("2024-06-12T09:00", {"hours": 40}, "2024-06-18T17:00"),
        ("2024-12-31T16:30", {"hours": 1}, "2025-01-01T09:30"),
        ("2024-03-29T16:00", {"hours": 2}, "2024-04-01T10:00"),  # over the change of a Sunday
    ],
)
def test_due_time_in_an_ordinary_week(start, budget, due):
    assert add_working_time(local(start), budget=timedelta(**budget), hours=BERLIN) == local(due)


@pytest.mark.parametrize(
    ("zone", "start", "end", "worked"),
    [
        ("Europe/Berlin", "2024-03-30T22:00", "2024-03-31T06:00", 7),
        ("Europe/Berlin", "2024-10-26T22:00", "2024-10-27T06:00", 9),
        ("America/New_York", "2024-03-09T22:00", "2024-03-10T06:00", 7),
        ("America/New_York", "2024-11-02T22:00", "2024-11-03T06:00", 9),
        ("Australia/Lord_Howe", "2024-04-06T22:00", "2024-04-07T06:00", 8.5),
        ("Australia/Lord_Howe", "2024-10-05T22:00", "2024-10-06T06:00", 7.5),
        ("Asia/Kolkata", "2024-10-05T22:00", "2024-10-06T06:00", 8),
        ("Asia/Beirut", "2022-10-29T22:00", "2022-10-30T06:00", 9),
    ],
)
def test_night_shift_counts_the_hours_that_pass(zone, start, end, worked):
    nights = BusinessHours(weekly=NIGHTS, zone=zone)

    counted = working_time_between(local(start, zone), local(end, zone), hours=nights)

    assert counted == timedelta(hours=worked)


@pytest.mark.parametrize(
    ("span", "opens", "closes"),
    [
        # 02:00 to 03:00 does not happen: times in it become the moment of the change.
        (["02:30", "06:00"], "2024-03-31T01:00Z", "2024-03-31T04:00Z"),
        (["00:30", "02:30"], "2024-03-30T23:30Z", "2024-03-31T01:00Z"),
        (["03:00", "06:00"], "2024-03-31T01:00Z", "2024-03-31T04:00Z"),
    ],
)
def test_times_in_the_gap_move_forward(span, opens, closes):
    sunday = hours("Europe/Berlin", sun=[span])
    morning = local("2024-03-31T00:00")

    assert next_opening(morning, hours=sunday) == datetime.fromisoformat(opens)
    assert closing_after(morning, hours=sunday) == datetime.fromisoformat(closes)


def test_hours_within_the_gap_do_not_happen():
    sunday = hours("Europe/Berlin", sun=[["02:00", "03:00"]])

    assert next_opening(local("2024-03-31T00:00"), hours=sunday) == local("2024-04-07T02:00")


@pytest.mark.parametrize(
    ("span", "opens", "closes"),
    [
        # 02:00 to 03:00 happens twice: times in it are those of the first pass.
        (["02:15", "02:45"], "2024-10-27T00:15Z", "2024-10-27T00:45Z"),
        (["02:30", "06:00"], "2024-10-27T00:30Z", "2024-10-27T05:00Z"),
        (["01:00", "02:30"], "2024-10-26T23:00Z", "2024-10-27T00:30Z"),
    ],
)
def test_times_that_happen_twice_are_the_first(span, opens, closes):
    sunday = hours("Europe/Berlin", sun=[span])
    morning = local("2024-10-27T00:00")

    assert next_opening(morning, hours=sunday) == datetime.fromisoformat(opens)
    assert closing_after(morning, hours=sunday) == datetime.fromisoformat(closes)


def test_a_day_that_begins_before_the_clock_is_set_back_over_midnight_stays_open():
    """In St. John's of 2010, 00:01 on Sunday became 23:01 on Saturday."""
    sunday = hours("America/St_Johns", sun=[["00:00", "06:00"]])
    first_midnight = local("2010-11-07T00:00", sunday.zone)
    shown_again = local("2010-11-06T23:30", sunday.zone, fold=1)
    morning = local("2010-11-07T06:00", sunday.zone)

    assert is_open(shown_again, hours=sunday)
    assert next_opening(shown_again, hours=sunday) == shown_again
    assert working_time_between(first_midnight, shown_again, hours=sunday) == timedelta(minutes=30)
    assert working_time_between(first_midnight, morning, hours=sunday) == timedelta(hours=7)


def test_a_night_over_midnight_is_one_stretch():
    nights = BusinessHours(weekly=NIGHTS, zone="Europe/Berlin")
    evening = local("2024-06-12T23:00")

    assert closing_after(evening, hours=nights) == local("2024-06-13T06:00")
    assert is_open(local("2024-06-13T00:00"), hours=nights)


def test_open_round_the_clock_never_closes_within_reach():
    always = BusinessHours(
        weekly=WeeklyHours.parse({day: [["00:00", "24:00"]] for day in EVERY_DAY}),
        zone="America/New_York",
    )
    start = datetime(2024, 1, 1, tzinfo=UTC)

    assert add_working_time(start, budget=timedelta(days=400), hours=always) == start + timedelta(
        days=400
    )
    assert closing_after(start, hours=always) > start + timedelta(days=3650)


def test_opening_time_is_open_and_closing_time_is_not():
    assert is_open(local("2024-06-12T09:00"), hours=BERLIN)
    assert not is_open(local("2024-06-12T17:00"), hours=BERLIN)


def test_days_off_are_local_days():
    off = BusinessHours(
        weekly=DEFAULT_WEEK, zone="Pacific/Auckland", days_off=frozenset({date(2024, 6, 13)})
    )

    due = add_working_time(
        local("2024-06-12T16:00", off.zone), budget=timedelta(hours=2), hours=off
    )

    assert due == local("2024-06-14T10:00", off.zone)


def test_leave_pauses_the_working_time():
    away = BusinessHours(
        weekly=DEFAULT_WEEK,
        zone="Europe/Berlin",
        leave=(
            (local("2024-06-12T11:00"), local("2024-06-12T13:00")),
            (local("2024-06-12T12:00"), local("2024-06-12T14:00")),  # overlaps the first
        ),
    )

    assert add_working_time(
        local("2024-06-12T10:00"), budget=timedelta(hours=2), hours=away
    ) == local("2024-06-12T15:00")
    assert not is_open(local("2024-06-12T12:30"), hours=away)
    assert next_opening(local("2024-06-12T12:30"), hours=away) == local("2024-06-12T14:00")
    assert closing_after(local("2024-06-12T10:00"), hours=away) == local("2024-06-12T11:00")


def test_working_time_backwards_is_negative():
    late = working_time_between(local("2024-06-13T09:30"), local("2024-06-12T16:00"), hours=BERLIN)

    assert late == timedelta(hours=-1.5)


EMPTY = BusinessHours(weekly=WeeklyHours.parse({}), zone="UTC")
NEVER_THERE = BusinessHours(
    weekly=DEFAULT_WEEK,
    zone="UTC",
    leave=((datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)),),
)


@pytest.mark.parametrize("closed", [EMPTY, NEVER_THERE], ids=["empty week", "thirty years' leave"])
def test_hours_that_never_open_are_refused_where_a_time_is_asked_for(closed):
    at = datetime(2024, 6, 12, tzinfo=UTC)

    with pytest.raises(NeverOpen):
        add_working_time(at, budget=timedelta(minutes=1), hours=closed)
    with pytest.raises(NeverOpen):
        next_opening(at, hours=closed)
    with pytest.raises(NeverOpen):
        closing_after(at, hours=closed)
    assert not is_open(at, hours=closed)
    assert working_time_between(at, at + timedelta(days=30), hours=closed) == timedelta()


@pytest.mark.parametrize("zone", ["", "Mars/Base", "../etc/passwd", "Europe", "a\0b", "x" * 300])
def test_an_unknown_zone_is_refused(zone):
    with pytest.raises(RuleViolation, match="is not a time zone, like Europe/Berlin"):
        BusinessHours(weekly=DEFAULT_WEEK, zone=zone)


def test_leave_that_ends_before_it_starts_is_a_mistake():
    noon = datetime(2024, 6, 12, 12, tzinfo=UTC)

    with pytest.raises(ValueError, match="Leave ends after it starts"):
        BusinessHours(weekly=DEFAULT_WEEK, zone="UTC", leave=((noon, noon),))


def test_a_time_without_zone_is_a_mistake():
    with pytest.raises(ValueError, match="without a zone"):
        is_open(local("2024-06-12T12:00").replace(tzinfo=None), hours=BERLIN)


@pytest.mark.parametrize("year", [1, 1899, 9901, 9999])
def test_years_that_nobody_plans_are_refused(year):
    with pytest.raises(RuleViolation, match="from 1900 to 9900"):
        next_opening(datetime(year, 1, 1, tzinfo=UTC), hours=BERLIN)


def test_a_distance_of_centuries_is_refused():
    start = datetime(1950, 1, 1, tzinfo=UTC)

    with pytest.raises(RuleViolation, match="fifty years"):
        working_time_between(start, start.replace(year=2150), hours=BERLIN)
