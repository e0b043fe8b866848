"""How sure a share is that was counted."""

import pytest

from baton.core.intervals import wilson

EIGHTY = 1.2815515655446004


@pytest.mark.parametrize(
    ("reached", "of", "low", "high"),
    # By the formula of Wilson (1927) with z = 1.2816, reckoned by hand.
    [(5, 10, 0.3122, 0.6878), (0, 10, 0.0, 0.1411), (10, 10, 0.8589, 1.0), (0, 0, 0.0, 1.0)],
)
def test_share_lies_between_two_others_with_eighty_percent(reached, of, low, high):
    assert wilson(reached, of, z=EIGHTY) == pytest.approx((low, high), abs=5e-4)
