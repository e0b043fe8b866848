from datetime import date
from decimal import Decimal

import pytest
from scipy.stats import norm

from baton.insight.plans.rules import (
    Budget,
    Launch,
    Target,
    Terms,
    cost_of,
    digest_of,
    is_off,
    mean_of,
    read_terms,
    share_of,
)

WHOLE = Terms(
    targets=(Target(figure="leads", target=Decimal("100.5")),),
    budget=(Budget(channel="email", amount=Decimal("900.10")),),
    launches=(Launch(what="Guide", on=date(2026, 4, 20), owner="k"),),
    assumptions={"lead_to_mql": Decimal("0.25")},
    mqls=120,
    note="Fewer, better",
)


def test_terms_are_kept_as_they_were_said():
    assert read_terms(WHOLE.plain()) == WHOLE


def test_digest_stands_for_edition_and_each_word():
    kept = WHOLE.plain()

    digests = {digest_of(1, kept), digest_of(2, kept), digest_of(1, {**kept, "note": ""})}

    assert len(digests) == 3
    assert digest_of(1, read_terms(kept).plain()) == digest_of(1, kept)


def test_range_of_a_mean():
    found = mean_of(4, 100.0, 3000.0)  # 10, 20, 30, 40 would have these sums

    assert found is not None
    half = float(found.high - found.value)
    assert float(found.value) == 25
    assert half == pytest.approx(norm.ppf(0.975) * (500 / 3) ** 0.5 / 2)
    assert mean_of(1, 10.0, 100.0) is None


def test_dearer_and_cheaper_than_what_came_for_the_money():
    found = cost_of(Decimal(1000), 100)

    assert found is not None
    assert found.value == 10
    assert 8 < found.low < 10 < found.high < 13
    assert cost_of(None, 100) is None
    assert cost_of(Decimal(1000), 0) is None


@pytest.mark.parametrize(
    ("assumed", "hits", "of", "off"),
    [
        ("0.5", 20, 100, True),
        ("0.1", 20, 100, True),
        ("0.25", 20, 100, False),
        ("0.5", 0, 9, False),  # too few
    ],
)
def test_assumption_is_off_by_more_than_luck(assumed, hits, of, off):
    assert is_off(Decimal(assumed), share_of(hits, of)) is off


def test_nothing_known_is_never_off():
    assert not is_off(Decimal(1), share_of(0, 0))
