"""How sure a figure is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from statistics import NormalDist

from baton.core.intervals import wilson

EIGHTY = 1.2815515655446004  # standard deviations that hold 80 % of a normal distribution
FEW = 6  # of fewer no two order statistics hold a median in eight of ten


@dataclass(frozen=True)
class Spread:
    """Between which the true figure lies, in eight of ten cases."""

    low: float
    high: float


def chance_of(target: float, *, mean: float, variance: float) -> float:
    """That a normal figure reaches the target; without a spread it does or does not."""
    if variance <= 0:
        return 1.0 if mean >= target else 0.0
    return 1 - NormalDist(mean, sqrt(variance)).cdf(target)


def likely_share(hits: int, of: int) -> Spread | None:
    """Wilson's score interval; None of none."""
    return Spread(*wilson(hits, of, z=EIGHTY)) if of else None


def likely_median(values: Sequence[float]) -> Spread | None:
    """Between two of the values themselves, in order: no shape of their distribution is assumed.
    None for fewer than six."""
    count = len(values)
    if count < FEW:
        return None
    ordered, half = sorted(values), EIGHTY * sqrt(count) / 2
    low = max(0, floor(count / 2 - half) - 1)
    high = min(count - 1, ceil(count / 2 + half))
    return Spread(ordered[low], ordered[high])
