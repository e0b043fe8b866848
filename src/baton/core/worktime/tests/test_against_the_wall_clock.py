"""The rules beside the minute-by-minute oracle, where clocks change."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from baton.core.worktime.rules import (
    BusinessHours,
    DaysAway,
    FreeDays,
    WeeklyHours,
    add_working_time,
    closing_after,
    is_open,
    leave_of,
    next_opening,
    working_time_between,
)
from baton.core.worktime.tests.oracle import MINUTE, Away, open_minutes
from baton.core.worktime.tests.strategies import moments, weeks

SEEN = 36 * 60  # minutes after the start that the oracle looks at
MOMENTS = moments()
OFF = st.sets(st.sampled_from([0, 1]))  # days after the start's
YEARLY = st.sets(st.sampled_from([0, 1, 2]), max_size=1)
LEAVES = st.lists(
    st.tuples(st.integers(-2, 2), st.integers(0, 2), st.booleans(), st.booleans()), max_size=2
)
Situation = tuple[BusinessHours, datetime, list[tuple[datetime, bool]]]


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """(hours, start, the oracle's minutes from there on)."""
    zone, start = draw(MOMENTS)
    week = draw(weeks())
    off = frozenset(start.date() + timedelta(days=days) for days in draw(OFF))
    yearly = draw(YEARLY)
    away = [days_away(start.date(), *drawn) for drawn in draw(LEAVES)]
    hours = BusinessHours(
        weekly=WeeklyHours.parse(week),
        zone=zone,
        days_off=FreeDays.of(
            [*((day, False) for day in off), *((day, True) for day in years_before(start, yearly))],
            public=frozenset(),
        ),
        leave=leave_of(away, zone=zone),
    )
    until = start + timedelta(minutes=SEEN)
    seen = open_minutes(
        start,
        until,
        week=week,
        zone=zone,
        days_off=off | {start.date() + timedelta(days=days) for days in yearly},
        away=[as_the_clock_shows(one) for one in away],
    )
    return hours, start, list(seen)


def days_away(day: date, first: int, length: int, at_noon: bool, until_noon: bool) -> DaysAway:
    """Of half days, where there is something between its begin and its end."""
    is_nothing = not length and at_noon and until_noon
    return DaysAway(
        from_on=day + timedelta(days=first),
        to_on=day + timedelta(days=first + length),
        starts_at_noon=at_noon,
        ends_at_noon=until_noon and not is_nothing,
    )


def as_the_clock_shows(away: DaysAway) -> Away:
    after = away.to_on if away.ends_at_noon else away.to_on + timedelta(days=1)
    noon, midnight = "12:00", "00:00"
    begins = noon if away.starts_at_noon else midnight
    return away.from_on, begins, after, noon if away.ends_at_noon else midnight


def years_before(start: datetime, days: set[int]) -> list[date]:
    """The same days of an earlier year, from which they come again; not 29 February's."""
    found = [start.date() + timedelta(days=one) for one in days]
    return [
        day if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 3) for day in found
    ]


@given(situations(), st.integers(0, SEEN))
def test_working_time_between_agrees_with_the_wall_clock(situation, minutes):
    hours, start, seen = situation

    counted = working_time_between(start, start + minutes * MINUTE, hours=hours)

    assert counted == sum(works for _, works in seen[:minutes]) * MINUTE


@given(situations())
def test_open_and_closed_agree_with_the_wall_clock(situation):
    hours, _, seen = situation

    assert [is_open(minute, hours=hours) for minute, _ in seen[::97]] == [
        works for _, works in seen[::97]
    ]


@given(situations(), st.integers(1, SEEN))
def test_due_time_agrees_with_the_wall_clock(situation, budget):
    hours, start, seen = situation
    worked = [minute for minute, works in seen if works]

    if len(worked) >= budget:
        due = add_working_time(start, budget=budget * MINUTE, hours=hours)
        assert due == worked[budget - 1] + MINUTE


@given(situations())
def test_opening_and_closing_agree_with_the_wall_clock(situation):
    hours, start, seen = situation
    opening = next((minute for minute, works in seen if works), None)
    closing = next(
        (later for (_, was), (later, works) in pairwise(seen) if was and not works), None
    )

    if opening:
        assert next_opening(start, hours=hours) == opening
    if closing:
        assert closing_after(start, hours=hours) == closing
