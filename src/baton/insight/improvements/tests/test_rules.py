from datetime import date, timedelta
from random import Random

import pytest
from scipy.stats import fisher_exact, mannwhitneyu

from baton.insight.improvements.rules import (
    Samples,
    Shares,
    State,
    Way,
    fisher,
    judge,
    ranked,
    windows_of,
)

FEW_DAYS = [1.0] * 9


def judged(found, way=Way.UP):
    return judge(found, way=way, is_over=True).state


@pytest.mark.parametrize(
    ("before", "after"),
    [((3, 20), (9, 21)), ((0, 10), (10, 10)), ((40, 400), (61, 390)), ((7, 9), (2, 30))],
)
def test_exact_test_is_that_of_scipy(before, after):
    table = [[before[0], before[1] - before[0]], [after[0], after[1] - after[0]]]

    assert fisher(Shares(before=before, after=after)) == pytest.approx(fisher_exact(table).pvalue)


@pytest.mark.parametrize("seed", range(6))
def test_rank_test_is_that_of_scipy(seed):
    dice = Random(seed)
    before = [dice.choice([0, 1, 2, 5]) for _ in range(20)]
    after = [dice.choice([0, 1, 2, 5, 8]) for _ in range(19)]

    chance, lean = ranked(before, after)

    theirs = mannwhitneyu(after, before, method="asymptotic")
    assert chance == pytest.approx(theirs.pvalue)
    assert lean == theirs.statistic - 20 * 19 / 2


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (Shares(before=(10, 100), after=(30, 100)), State.BETTER),
        (Shares(before=(30, 100), after=(10, 100)), State.WORSE),
        (Shares(before=(10, 100), after=(12, 100)), State.SAME),
        (Shares(before=(1, 9), after=(30, 100)), State.FEW),
        # Two of forty: however they fell, luck would do so often.
        (Shares(before=(0, 20), after=(2, 20)), State.FEW),
        (Samples(before=[1.0] * 20, after=[3.0] * 20, events=80), State.BETTER),
        (Samples(before=[3.0] * 20, after=[1.0] * 20, events=80), State.WORSE),
        (Samples(before=[1.0, 3.0] * 10, after=[3.0, 1.0] * 10, events=80), State.SAME),
        (Samples(before=[2.0] * 20, after=[2.0] * 20, events=80), State.SAME),
        (Samples(before=FEW_DAYS, after=[3.0] * 20, events=80), State.FEW),
        (Samples(before=[0.0] * 20, after=[0.0] * 19 + [1.0], events=1), State.FEW),
    ],
)
def test_state_of_what_was_seen(found, state):
    assert judged(found) is state


def test_less_is_better_where_less_was_wanted():
    found = Samples(before=[60.0] * 12, after=[20.0] * 12)

    assert judged(found, Way.DOWN) is State.BETTER
    assert judged(found, Way.UP) is State.WORSE


def test_nothing_is_claimed_where_ranks_and_sum_disagree():
    """Most days got better, one bad day took all of it back."""
    found = Samples(before=[2.0] * 20, after=[3.0] * 19 + [-40.0], events=80)

    assert ranked(found.before, found.after)[0] < 0.05
    assert judged(found) is State.SAME


def test_nobody_is_told_before_the_days_are_over():
    found = judge(Shares(before=(0, 50), after=(50, 50)), way=Way.UP, is_over=False)

    assert (found.state, found.chance) == (State.OPEN, None)


def test_days_on_both_sides_are_as_many_and_whole_weeks():
    found = windows_of(date(2026, 3, 2), days=28, follows=True)

    assert found.before == (date(2026, 2, 2), date(2026, 3, 1))
    assert found.after == (date(2026, 3, 2), date(2026, 3, 29))
    assert found.judged_on == date(2026, 3, 30) + timedelta(days=28)
    assert windows_of(date(2026, 3, 2), days=28, follows=False).judged_on == date(2026, 3, 30)
