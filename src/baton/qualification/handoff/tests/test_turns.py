from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.qualification.handoff.rules import Turn, starting_credit, take_turn

WEIGHTS = st.lists(st.integers(1, 6), min_size=1, max_size=7)


class Pool:
    """Members with their credits, as the table of members keeps them."""

    def __init__(self, weights):
        self.weights = dict(enumerate(weights, start=1))
        self.credits = dict.fromkeys(self.weights, 0.0)

    def offer(self, count, *, among=None):
        offered: Counter[int] = Counter()
        for _ in range(count):
            turns = [
                Turn(user_id=user, weight=self.weights[user], credit=self.credits[user])
                for user in among or self.weights
            ]
            chosen, afterwards = take_turn(turns)
            self.credits |= afterwards
            offered[chosen] += 1
        return offered

    def join(self, user, weight):
        self.credits[user] = starting_credit(self.credits.values())
        self.weights[user] = weight

    def leave(self, user):
        del self.weights[user], self.credits[user]


def furthest(pool, count, *, among=None):
    """How many turns anybody was ever away from their share of these offers."""
    takers = list(among or pool.weights)
    whole = sum(pool.weights[user] for user in takers)
    got: Counter[int] = Counter()
    worst = 0.0
    for number in range(1, count + 1):
        got += pool.offer(1, among=among)
        away = (abs(got[user] - number * pool.weights[user] / whole) for user in takers)
        worst = max(worst, *away)
    return worst


@given(weights=st.lists(st.integers(1, 60), min_size=1, max_size=12), count=st.integers(1, 200))
def test_shares_follow_weights_within_one_turn_at_every_moment(weights, count):
    assert furthest(Pool(weights), count) < 1


@given(
    weights=st.lists(st.integers(1, 60), min_size=2, max_size=9),
    before=st.integers(0, 60),
    newcomer=st.integers(1, 60),
)
def test_joining_upsets_nobody(weights, before, newcomer):
    pool = Pool(weights)
    pool.offer(before)

    pool.join(99, newcomer)

    # Each was less than one turn away before, and is less than one away ever after.
    assert furthest(pool, 80) < 2


@given(weights=st.lists(st.integers(1, 60), min_size=2, max_size=9), before=st.integers(0, 60))
def test_leaving_or_resting_upsets_nobody(weights, before):
    pool = Pool(weights)
    pool.offer(before)
    resting = pool.credits[1]

    assert furthest(pool, 80, among=[user for user in pool.weights if user != 1]) < 2

    assert pool.credits[1] == resting
    assert furthest(pool, 80) < 2


@given(weights=WEIGHTS, rounds=st.integers(1, 5))
def test_whole_rounds_give_each_exactly_their_weight(weights, rounds):
    pool = Pool(weights)

    offered = pool.offer(sum(weights) * rounds)

    assert offered == {user: weight * rounds for user, weight in pool.weights.items()}


@given(weights=WEIGHTS, before=st.integers(0, 40), rounds=st.integers(1, 5))
def test_each_gets_their_share_give_or_take_one_from_any_point_on(weights, before, rounds):
    pool = Pool(weights)
    pool.offer(before)

    offered = pool.offer(sum(weights) * rounds)

    assert all(abs(offered[user] - weight * rounds) <= 1 for user, weight in pool.weights.items())


@given(weights=WEIGHTS, newcomer=st.integers(1, 6), before=st.integers(0, 40))
def test_newcomer_is_not_flooded_and_resets_nobody(weights, newcomer, before):
    pool = Pool(weights)
    pool.offer(before)
    before_joining = dict(pool.credits)

    pool.join(99, newcomer)

    assert {user: pool.credits[user] for user in before_joining} == before_joining
    total = sum(weights) + newcomer
    offered = pool.offer(total)
    # One more than their weight at most: what the others were owed already comes first.
    assert newcomer - 1 <= offered[99] <= newcomer + 1


@given(weights=st.lists(st.integers(1, 6), min_size=3, max_size=7), before=st.integers(0, 40))
def test_leaving_resets_nobody(weights, before):
    pool = Pool(weights)
    pool.offer(before)
    others = {user: credit for user, credit in pool.credits.items() if user != 1}

    pool.leave(1)

    assert pool.credits == others


def test_heavy_members_are_spread_between_the_light_ones():
    pool = Pool([5, 1, 1])

    order = [pool.offer(1).most_common(1)[0][0] for _ in range(7)]

    assert order == [1, 1, 2, 1, 1, 3, 1]


def test_those_who_are_away_gain_nothing_meanwhile():
    pool = Pool([1, 1, 1])

    pool.offer(30, among=[1, 2])

    assert pool.credits[3] == 0


@pytest.mark.parametrize(("others", "start"), [([], 0), ([3, -1], 1), ([0, 0, 0], 0)])
def test_starting_credit_is_the_mean_of_the_others(others, start):
    assert starting_credit(others) == start
