"""Laws that hold for any hours and any moments, down to the microsecond."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from baton.core.worktime.rules import (
    BusinessHours,
    NeverOpen,
    WeeklyHours,
    add_working_time,
    closing_after,
    is_open,
    next_opening,
    working_time_between,
)
from baton.core.worktime.tests.strategies import CHANGES, weeks

INSTANT = timedelta(microseconds=1)
times = st.integers(0, 22 * 366 * 86_400 * 1_000_000).map(
    lambda microseconds: datetime(2009, 1, 1, tzinfo=UTC) + microseconds * INSTANT
)
budgets = st.timedeltas(INSTANT, timedelta(days=20))
leaves = st.lists(st.tuples(times, budgets), max_size=3)
zones = st.sampled_from([zone for zone, _ in CHANGES])


@st.composite
def workable_hours(draw: st.DrawFn) -> BusinessHours:
    weekly = WeeklyHours.parse(draw(weeks()))
    assume(not weekly.is_empty)
    start = draw(times)
    leave = draw(leaves)
    return BusinessHours(
        weekly=weekly,
        zone=draw(zones),
        days_off=frozenset([start.date()] if draw(st.booleans()) else []),
        leave=tuple((since, since + length) for since, length in leave),
    )


def due_or_assume(start: datetime, budget: timedelta, hours: BusinessHours) -> datetime:
    try:
        return add_working_time(start, budget=budget, hours=hours)
    except NeverOpen:  # a minute a week does not add up to twenty days
        assume(False)


@given(workable_hours(), times, budgets)
def test_what_is_added_lies_between(hours, start, budget):
    due = due_or_assume(start, budget, hours)

    assert working_time_between(start, due, hours=hours) == budget
    assert working_time_between(due, start, hours=hours) == -budget


@given(workable_hours(), times, budgets)
def test_a_due_time_is_the_earliest_one(hours, start, budget):
    due = due_or_assume(start, budget, hours)

    assert working_time_between(start, due - INSTANT, hours=hours) == budget - INSTANT


@given(workable_hours(), times, budgets, budgets)
def test_adding_twice_is_adding_the_sum(hours, start, one, two):
    at_once = due_or_assume(start, one + two, hours)

    in_steps = add_working_time(due_or_assume(start, one, hours), budget=two, hours=hours)

    assert in_steps == at_once


@given(workable_hours(), times, budgets, budgets)
def test_neighbouring_times_add_up(hours, start, one, two):
    middle, end = start + one, start + one + two

    parts = [working_time_between(*pair, hours=hours) for pair in [(start, middle), (middle, end)]]

    assert sum(parts, timedelta()) == working_time_between(start, end, hours=hours)


@given(workable_hours(), times)
def test_an_opening_is_open_and_its_closing_is_not(hours, at):
    try:
        opening, closing = next_opening(at, hours=hours), closing_after(at, hours=hours)
    except NeverOpen:
        assume(False)

    assert is_open(opening, hours=hours)
    assert is_open(closing - INSTANT, hours=hours)
    assert not is_open(closing, hours=hours)
    assert (opening == at) == is_open(at, hours=hours)
    assert working_time_between(opening, closing, hours=hours) == closing - opening


@given(workable_hours(), times)
def test_no_time_to_add_is_due_at_once(hours, start):
    assert add_working_time(start, budget=timedelta(), hours=hours) == start


def test_a_negative_budget_is_a_mistake_of_the_caller():
    hours = BusinessHours(weekly=WeeklyHours.parse({"mon": [["09:00", "10:00"]]}), zone="UTC")

    with pytest.raises(ValueError, match="not negative"):
        add_working_time(datetime(2024, 1, 1, tzinfo=UTC), budget=-INSTANT, hours=hours)
