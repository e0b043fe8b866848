from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from baton.core.worktime.rules import DEFAULT_WEEK, BusinessHours, NeverOpen, Span, WeeklyHours
from baton.qualification.handoff.rules import (
    AT_MOST,
    Lane,
    Terms,
    accept_due,
    attempts_due,
    escalates_at,
    pace,
    response_due,
)

TERMS = Terms(
    threshold=70,
    accept_minutes=60,
    respond_minutes=240,
    hand_raise_accept_minutes=15,
    hand_raise_respond_minutes=30,
    grace_minutes=30,
    attempts=5,
    attempt_days=10,
    recycle_days=90,
    max_rounds=3,
)
BERLIN = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")  # 09:00 to 17:00
NEW_YORK = BusinessHours(weekly=DEFAULT_WEEK, zone="America/New_York")


def utc(day, hour, minute=0, month=3):
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("offered_at", "lane", "hours", "due"),
    [
        (utc(2, 9), Lane.SCORE, BERLIN, utc(2, 10)),
        (utc(2, 9), Lane.HAND_RAISE, BERLIN, utc(2, 9, 15)),
        (utc(2, 9), Lane.SCORE, NEW_YORK, utc(2, 15)),  # nobody is up there yet
        (utc(6, 15, 30), Lane.SCORE, BERLIN, utc(9, 8, 30)),  # Friday evening to Monday
        (utc(27, 15, 30), Lane.SCORE, BERLIN, utc(30, 7, 30)),  # over the change to summer time
        (utc(2, 9), Lane.REVISIT, BERLIN, utc(2, 10)),
    ],
)
def test_accept_clock_runs_in_working_time_of_who_owes(offered_at, lane, hours, due):
    assert accept_due(offered_at, lane=lane, terms=TERMS, hours=hours) == due


@pytest.mark.parametrize(
    ("lane", "goes_on_at"), [(Lane.SCORE, utc(2, 10, 30)), (Lane.HAND_RAISE, utc(2, 10, 15))]
)
def test_grace_is_never_longer_than_the_clock_was(lane, goes_on_at):
    assert escalates_at(utc(2, 10), lane=lane, terms=TERMS, hours=BERLIN) == goes_on_at


def test_response_clock_has_its_own_time_for_hand_raises():
    assert response_due(utc(2, 9), lane=Lane.SCORE, terms=TERMS, hours=BERLIN) == utc(2, 13)
    assert response_due(utc(2, 9), lane=Lane.HAND_RAISE, terms=TERMS, hours=BERLIN) == utc(2, 9, 30)


def test_attempts_are_due_at_the_end_of_the_tenth_working_day():
    # Accepted on Monday: Tuesday is the first, Monday two weeks later the tenth.
    assert attempts_due(utc(2, 9), terms=TERMS, hours=BERLIN) == utc(16, 16)


def test_attempts_count_no_days_off():
    off = frozenset({date(2026, 3, 16)})

    due = attempts_due(
        utc(2, 9), terms=TERMS, hours=BusinessHours(DEFAULT_WEEK, "Europe/Berlin", off)
    )

    assert due == utc(17, 16)


def test_longest_clocks_end_for_somebody_who_works_an_hour_a_week():
    seldom = BusinessHours(weekly=WeeklyHours(((Span(540, 600),), *[()] * 6)), zone="UTC")
    longest = replace(TERMS, respond_minutes=AT_MOST["respond_minutes"], attempt_days=60)

    assert attempts_due(utc(2, 9), terms=longest, hours=seldom).year == 2027
    assert response_due(utc(2, 9), lane=Lane.SCORE, terms=longest, hours=seldom).year == 2029


def test_attempts_of_somebody_who_never_works_are_refused():
    never = BusinessHours(weekly=WeeklyHours(((),) * 7), zone="UTC")

    with pytest.raises(NeverOpen):
        attempts_due(utc(2, 9), terms=TERMS, hours=never)


@pytest.mark.parametrize(
    ("today", "due"), [(date(2026, 3, 1), 0), (date(2026, 3, 2), 2), (date(2026, 3, 31), 44)]
)
def test_pace_spreads_what_is_owed_over_the_working_days_of_the_month(today, due):
    # March 2026 has 22 working days.
    assert pace(owed=44, month=date(2026, 3, 1), today=today, hours=BERLIN) == pytest.approx(due)


def test_terms_measure_minutes_as_time():
    assert TERMS.accept_within(Lane.HAND_RAISE) == timedelta(minutes=15)
    assert TERMS.respond_within(Lane.SCORE) == timedelta(hours=4)
