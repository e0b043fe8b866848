from datetime import date
from itertools import product
from math import comb

import pytest

from baton.insight.reviews import rules
from baton.insight.reviews.rules import Turned, at_least, monday_of


def turned(rejected, answered, before=(10, 100)):
    return Turned(
        group="spring",
        bad=rejected,
        all=answered,
        bad_before=before[0],
        all_before=before[1],
    )


def test_week_begins_on_monday():
    assert monday_of(date(2026, 3, 8)) == date(2026, 3, 2)


def test_chance_of_an_urn():
    """Of four, two are marked: both are drawn in one of six draws of two."""
    assert at_least(2, drawn=2, marked=2, of=4) == pytest.approx(1 / 6)
    assert at_least(0, drawn=2, marked=2, of=4) == 1


def counted_out(hits, *, drawn, marked, of):
    """The same the plain way: all draws, one by one."""
    ways = range(hits, min(drawn, marked) + 1)
    return sum(comb(marked, one) * comb(of - marked, drawn - one) for one in ways) / comb(of, drawn)


def test_chance_is_that_of_all_draws_counted_out():
    urns = [
        (hits, {"drawn": drawn, "marked": marked, "of": of})
        for of, drawn, marked in product((1, 7, 60, 211), (0, 1, 6, 40, 150), (0, 2, 30, 199))
        for hits in (0, 1, 2, 5, 29, 40)
        if drawn <= of and marked <= of
    ]

    found = [at_least(hits, **urn) for hits, urn in urns]

    assert found == pytest.approx([counted_out(hits, **urn) for hits, urn in urns], rel=1e-12)


def test_chance_of_a_large_house_is_reckoned_with_few_numbers(monkeypatch):
    asked = []

    def noted(of, some):
        asked.append(of)
        return comb(of, some)

    monkeypatch.setattr(rules, "comb", noted)

    few, most = (at_least(hits, drawn=3000, marked=9000, of=40000) for hits in (900, 650))

    assert (few < 1e-20, 0.87 < most < 0.88, len(asked)) == (True, True, 6)


@pytest.mark.parametrize(
    ("found", "is_worse"),
    [
        (turned(6, 10), True),
        (turned(2, 10), False),  # more than before, and luck does so often
        (turned(1, 20), False),
        (turned(6, 10, before=(0, 0)), False),  # nothing to compare with
        (turned(0, 0), False),
    ],
)
def test_campaign_is_worse_by_more_than_luck(found, is_worse):
    assert found.is_worse is is_worse
