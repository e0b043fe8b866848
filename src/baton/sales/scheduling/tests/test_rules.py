"""Free times by cases: hours, clock changes, buffers, notice, the most of a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.core.worktime.rules import DEFAULT_WEEK, BusinessHours, WeeklyHours
from baton.sales.scheduling.rules import (
    BadPage,
    Busy,
    Open,
    Terms,
    by_days,
    check_page,
    free,
    free_starts,
    overlaps,
)

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 2, 6, tzinfo=UTC)  # a Monday, 07:00 in Berlin
OFFICE = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")
HALF = Terms(minutes=30, days_ahead=30)


def at_berlin(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def starts(terms=HALF, *, hours=OFFICE, own=None, busy=(), at=AT, since=None, until=None):
    since = since or at
    open_ = Open(working=hours, own=own)
    return list(free_starts(terms, open_=open_, busy=list(busy), at=at, since=since, until=until))


def of_day(found, day, zone=BERLIN):
    local = [one.astimezone(zone) for one in found]
    return [f"{one:%H:%M}" for one in local if one.date() == day]


def test_day_is_offered_in_halves_until_the_last_that_fits():
    monday = of_day(starts(until=at_berlin(3, 0)), date(2026, 3, 2))

    assert (monday[0], monday[1], monday[-1], len(monday)) == ("09:00", "09:30", "16:30", 16)


def test_quarters_for_short_meetings_and_no_start_that_runs_over():
    short = of_day(starts(Terms(minutes=15, days_ahead=1)), date(2026, 3, 2))
    long = of_day(starts(Terms(minutes=90, days_ahead=1)), date(2026, 3, 2))

    assert short[:2] == ["09:00", "09:15"]
    assert long[-1] == "15:30"


def test_notice_and_days_ahead_bound_what_is_offered():
    terms = Terms(minutes=30, notice=timedelta(hours=4), days_ahead=2)

    found = starts(terms)

    assert found[0] == at_berlin(2, 11)
    assert found[-1] == at_berlin(4, 16, 30)


def test_longer_of_two_promised_quiets_lies_between():
    terms = Terms(minutes=30, before=timedelta(minutes=15), days_ahead=1)
    other = Busy(start=at_berlin(2, 11), end=at_berlin(2, 11, 30), after=timedelta(minutes=45))

    monday = of_day(starts(terms, busy=[other]), date(2026, 3, 2))

    assert monday[:6] == ["09:00", "09:30", "10:00", "10:30", "12:30", "13:00"]


def test_full_day_offers_nothing_more():
    terms = Terms(minutes=30, days_ahead=1, most_per_day=1)
    booking = Busy(start=at_berlin(2, 11), end=at_berlin(2, 11, 30), is_booking=True)
    logged = Busy(start=at_berlin(3, 11), end=at_berlin(3, 11, 30))

    found = starts(terms, busy=[booking, logged])

    assert of_day(found, date(2026, 3, 2)) == []
    assert len(of_day(found, date(2026, 3, 3))) == 15


def test_hours_of_the_page_narrow_the_working_hours_and_never_widen_them():
    week = WeeklyHours.parse(
        {"mon": [["08:00", "10:00"], ["16:00", "20:00"]], "sat": [["09:00", "12:00"]]}
    )
    own = BusinessHours(weekly=week, zone="Europe/Berlin")

    found = starts(own=own, until=at_berlin(9, 0))

    assert of_day(found, date(2026, 3, 2)) == ["09:00", "09:30", "16:00", "16:30"]
    assert of_day(found, date(2026, 3, 7)) == []


def test_hours_on_another_clock_meet_the_working_hours():
    week = WeeklyHours.parse({"mon": [["08:00", "12:00"]]})
    own = BusinessHours(weekly=week, zone="America/New_York")  # 14:00 to 18:00 in Berlin

    assert of_day(starts(own=own, until=at_berlin(3, 0)), date(2026, 3, 2)) == [
        *("14:00", "14:30", "15:00", "15:30", "16:00", "16:30")
    ]


def test_holiday_and_leave_are_not_offered():
    hours = BusinessHours(
        weekly=DEFAULT_WEEK,
        zone="Europe/Berlin",
        days_off=frozenset({date(2026, 3, 3)}),
        leave=((at_berlin(4, 12), at_berlin(5, 0)),),
    )

    found = starts(hours=hours, until=at_berlin(5, 0))

    assert of_day(found, date(2026, 3, 3)) == []
    assert of_day(found, date(2026, 3, 4))[-1] == "11:30"


@pytest.mark.parametrize(("day", "hour_utc"), [(27, 8), (30, 7)])
def test_nine_stays_nine_over_the_change_of_the_clock(day, hour_utc):
    """Germany's clocks go forward on 29 March; a visitor in New York has changed already."""
    found = starts(at=AT, since=at_berlin(day, 0), until=at_berlin(day + 1, 0))

    assert found[0] == datetime(2026, 3, day, hour_utc, tzinfo=UTC)
    new_york = ZoneInfo("America/New_York")
    assert found[0].astimezone(new_york).hour == {27: 4, 30: 3}[day]


def test_night_of_the_change_offers_no_hour_that_is_not_there():
    night = WeeklyHours.parse({"sun": [["01:00", "04:00"]]})
    hours = BusinessHours(weekly=night, zone="Europe/Berlin")

    spring = starts(hours=hours, since=at_berlin(29, 0), until=at_berlin(30, 0))
    autumn = starts(
        hours=hours,
        at=at_berlin(20, 7, month=10),
        since=at_berlin(25, 0, month=10),
        until=at_berlin(26, 0, month=10),
    )

    assert of_day(spring, date(2026, 3, 29)) == ["01:00", "01:30", "03:00", "03:30"]
    assert of_day(autumn, date(2026, 10, 25)) == [
        *("01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30")
    ]
    assert len(set(autumn)) == 8


def test_days_are_those_of_the_visitor_and_say_where_more_are():
    auckland = ZoneInfo("Pacific/Auckland")

    days, later = by_days(starts(until=at_berlin(5, 0)), zone=auckland, most=2)

    assert [day.on for day in days] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert later == date(2026, 3, 4)
    assert days[0].starts[0].astimezone(auckland).hour == 21


USUAL = {
    "slug": "teo",
    "title": "Meet Teo",
    "minutes": 30,
    "buffer_before": 0,
    "buffer_after": 0,
    "notice_hours": 4,
    "days_ahead": 30,
    "most_per_day": 0,
    "place": "phone",
    "place_text": "",
}


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"slug": "Teo Lang"}, "slug"),
        ({"slug": "-teo"}, "slug"),
        ({"slug": "lead"}, "slug"),
        ({"title": "  "}, "title"),
        ({"minutes": 14}, "minutes"),
        ({"minutes": 121}, "minutes"),
        ({"days_ahead": 0}, "days_ahead"),
        ({"place": "moon"}, "place"),
        ({"place": "video"}, "place_text"),
    ],
)
def test_page_that_cannot_be_names_its_field(over, field):
    check_page(USUAL)

    with pytest.raises(BadPage) as no:
        check_page(USUAL | over)

    assert no.value.fields == (field,)


QUIET = st.integers(0, 120).map(lambda minutes: timedelta(minutes=minutes))


@given(
    began=st.lists(st.tuples(st.integers(-600, 4_000), st.integers(0, 1_800), QUIET, QUIET)),
    before=QUIET,
    after=QUIET,
)
def test_what_is_looked_at_day_by_day_is_all_that_is_in_the_way(began, before, after):
    terms = Terms(minutes=30, before=before, after=after, days_ahead=3)
    busy = [
        Busy(
            start=AT + timedelta(minutes=minutes),
            end=AT + timedelta(minutes=minutes + length),
            before=early,
            after=late,
        )
        for minutes, length, early, late in began
    ]

    found = starts(terms, busy=busy)

    assert found == [
        one
        for one in starts(terms)
        if not any(overlaps(one, terms=terms, busy=each) for each in busy)
    ]


def test_day_is_compared_with_its_own_meetings_alone(monkeypatch):
    """Of half a year that is full each page shows the month."""
    compared = []

    def noted(start, **said):
        compared.append(start)
        return overlaps(start, **said)

    monkeypatch.setattr(free, "overlaps", noted)
    daily = [AT + timedelta(days=number, hours=3) for number in range(180)]

    found = starts(
        Terms(minutes=30, days_ahead=180),
        busy=[Busy(start=one, end=one + timedelta(hours=1)) for one in daily],
    )

    assert found
    assert len(compared) == len(set(compared))
