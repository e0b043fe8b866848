from datetime import date
from decimal import Decimal
from math import comb
from statistics import NormalDist

import pytest

from baton.core.worktime.rules import DEFAULT_WEEK, BusinessHours
from baton.insight.goals.rules import (
    OpenDeal,
    Rate,
    Season,
    Span,
    State,
    Unit,
    folded,
    foretell,
    likely_median,
    likely_share,
    pace_of,
    rate_of,
    season_of,
    span_of,
    state_of,
    working_days,
)

BERLIN = BusinessHours(weekly=DEFAULT_WEEK, zone="Europe/Berlin")
MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("unit", "day", "span"),
    [
        (Unit.MONTH, date(2026, 2, 14), Span(date(2026, 2, 1), date(2026, 2, 28))),
        (Unit.QUARTER, date(2026, 12, 31), Span(date(2026, 10, 1), date(2026, 12, 31))),
        (Unit.YEAR, date(2026, 5, 1), Span(date(2026, 1, 1), date(2026, 12, 31))),
    ],
)
def test_period_holds_the_day(unit, day, span):
    assert span_of(unit, day) == span


def test_part_of_a_period_up_to_a_day():
    assert MARCH.until(date(2026, 3, 5)) == Span(date(2026, 3, 1), date(2026, 3, 5))
    assert MARCH.until(date(2026, 2, 5)) is None


def test_working_days_leave_out_weekends_and_free_days():
    free = BusinessHours(weekly=DEFAULT_WEEK, zone="UTC", days_off={date(2026, 3, 6)})

    assert len(working_days(MARCH, BERLIN)) == 22
    assert len(working_days(MARCH, free)) == 21


def test_what_came_on_a_weekend_counts_on_the_monday_and_at_the_end_on_the_friday():
    week = working_days(Span(date(2026, 3, 2), date(2026, 3, 10)), BERLIN)
    totals = {date(2026, 3, 7): 2.0, date(2026, 3, 9): 1.0, date(2026, 3, 15): 4.0}

    assert folded(totals, week) == [0, 0, 0, 0, 0, 3.0, 4.0]


def test_pace_by_working_days():
    pace = pace_of(Decimal(110), days_done=11, days_all=22, adds_up=True)

    assert pace.due == 55


def test_rate_is_owed_in_full_each_day():
    assert pace_of(Decimal("0.3"), days_done=1, days_all=22, adds_up=False).due == Decimal("0.3")


PACE = pace_of(Decimal(100), days_done=11, days_all=22, adds_up=True)


@pytest.mark.parametrize(
    ("value", "less", "is_over", "state"),
    [
        (None, False, False, State.UNKNOWN),
        (Decimal(50), False, False, State.ON_PACE),
        (Decimal(46), False, False, State.CLOSE),
        (Decimal(44), False, False, State.BEHIND),
        (Decimal(100), False, False, State.REACHED),
        (Decimal(99), False, True, State.MISSED),
        (Decimal(100), False, True, State.REACHED),
    ],
)
def test_state_of_what_adds_up(value, less, is_over, state):
    found = state_of(value, pace=PACE, is_over=is_over, less_is_better=less, adds_up=True)

    assert found is state


@pytest.mark.parametrize(
    ("value", "is_over", "state"),
    [
        (Decimal(90), False, State.ON_PACE),  # a low cost today is not yet one of the period
        (Decimal(105), False, State.CLOSE),
        (Decimal(130), False, State.BEHIND),
        (Decimal(90), True, State.REACHED),
        (Decimal(101), True, State.MISSED),
    ],
)
def test_state_of_what_should_be_low(value, is_over, state):
    pace = pace_of(Decimal(100), days_done=11, days_all=22, adds_up=False)

    found = state_of(value, pace=pace, is_over=is_over, less_is_better=True, adds_up=False)

    assert found is state


def test_rate_needs_ten_days():
    assert rate_of([1.0] * 9) is None
    found = rate_of([1.0, 3.0] * 5)
    assert found
    assert (found.mean, found.variance, found.days) == (2.0, pytest.approx(10 / 9), 10)


def test_season_of_a_year_ago():
    assert season_of(then=[3.0], before=[2.0], events=(40, 40)) == Season(1.5, is_known=True)


@pytest.mark.parametrize("events", [(29, 40), (40, 29)])
def test_no_season_from_few_events(events):
    assert season_of(then=[3.0], before=[2.0], events=events) == Season()


def test_season_has_bounds():
    assert season_of(then=[9.0], before=[1.0], events=(40, 40)).factor == 2.0


def test_forecast_by_the_rate_and_its_range():
    rate = Rate(mean=4.0, variance=9.0, days=60)

    found = foretell(done=20, rate=rate, season=Season(), days_left=10, target=60)

    assert found
    assert found.value == 60
    spread = 10 * 9 + 100 * 9 / 60
    assert found.high - found.value == pytest.approx(1.2816 * spread**0.5, rel=1e-3)
    assert found.chance == pytest.approx(0.5)


def test_forecast_never_falls_below_what_is_there():
    found = foretell(done=20, rate=Rate(0.1, 25.0, 20), season=Season(), days_left=5)

    assert found
    assert found.low == 20


def test_open_deals_speak_for_the_usual_cycle_and_the_rate_beyond():
    deals = [OpenDeal(1000, 0.5), OpenDeal(2000, 0.1)]

    found = foretell(
        done=100,
        rate=Rate(50, 0.0, 60),
        season=Season(),
        days_left=30,
        deals=deals,
        cycle_days=20,
        target=1000,
    )

    assert found
    assert (found.by_deals, found.by_rate, found.rate_days) == (700, 500, 10)
    spread = (1000**2 * 0.25 + 2000**2 * 0.09) ** 0.5
    assert found.chance == pytest.approx(1 - NormalDist(1300, spread).cdf(1000))


def test_without_a_usual_cycle_deals_do_not_count():
    found = foretell(
        done=0, rate=Rate(50, 0.0, 60), season=Season(), days_left=2, deals=[OpenDeal(9, 1)]
    )

    assert found
    assert (found.by_deals, found.by_rate) == (0, 100)


def test_no_forecast_without_rate_and_deals():
    assert foretell(done=5, rate=None, season=Season(), days_left=3) is None


def test_reached_target_is_certain():
    found = foretell(done=5, rate=Rate(1, 1, 20), season=Season(), days_left=3, target=5)

    assert found
    assert found.chance == 1.0


def test_median_lies_between_two_of_the_values():
    found = likely_median([float(n) for n in range(1, 102)])

    assert found
    assert found.low < 51 < found.high
    assert likely_median([1.0] * 5) is None


def test_range_of_a_median_holds_it_in_at_least_eight_of_ten():
    """The binomial chance that the true median lies between those two of twenty values."""

    values = [float(n) for n in range(20)]
    found = likely_median(values)

    assert found
    low, high = int(found.low), int(found.high)
    chance = sum(comb(20, k) for k in range(low + 1, high + 1)) / 2**20
    assert chance >= 0.8


def test_share_of_none_has_no_range():
    assert likely_share(0, 0) is None
