"""The rules beside the minute-by-minute oracle, where clocks change."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from baton.core.worktime.rules import (
    BusinessHours,
    WeeklyHours,
    add_working_time,
    closing_after,
    is_open,
    next_opening,
    working_time_between,
)
from baton.core.worktime.tests.oracle import MINUTE, open_minutes
from baton.core.worktime.tests.strategies import moments, weeks

SEEN = 36 * 60  # minutes after the start that the oracle looks at
MOMENTS = moments()
OFF = st.sets(st.sampled_from([0, 1]))  # days after the start's
Situation = tuple[BusinessHours, datetime, list[tuple[datetime, bool]]]


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """(hours, start, the oracle's minutes from there on)."""
    zone, start = draw(MOMENTS)
    week = draw(weeks())
    off = frozenset(start.date() + timedelta(days=days) for days in draw(OFF))
    hours = BusinessHours(weekly=WeeklyHours.parse(week), zone=zone, days_off=off)
    until = start + timedelta(minutes=SEEN)
    return hours, start, list(open_minutes(start, until, week=week, zone=zone, days_off=off))


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
