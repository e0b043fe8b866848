"""When it is time to sell to a customer for the second time."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

KNOWN_FROM = 10  # who bought twice: the median of fewer says nothing
HALF_A_YEAR = 182


@dataclass(frozen=True, kw_only=True)
class Second:
    """After so many days half of those who bought twice had done so; of too few, half a year."""

    days: int
    is_measured: bool


def second_after(days: Sequence[int]) -> Second:
    """``days``: from the first purchase to the second, of each who bought twice."""
    if len(days) < KNOWN_FROM:
        return Second(days=HALF_A_YEAR, is_measured=False)
    return Second(days=max(median_low(days), 1), is_measured=True)
