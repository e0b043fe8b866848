"""Days before and after a change, and whether luck alone would make such a difference.

The tests are those that statisticians know by name; tests hold them to scipy's, which takes seconds
to load and seventy megabytes, too much for a process that answers pages.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import exp, lgamma, sqrt
from statistics import NormalDist, fmean, median

DAY = timedelta(days=1)
RARE = 0.05  # what luck makes less often is taken for a difference
LEAST = 10  # on each side: of fewer nothing is said
LENGTHS = (28, 56, 84)  # days on each side: whole weeks, so that weekdays weigh the same
SAME = 1e-7  # tables that are as rare as the one that was seen


class Way(StrEnum):
    """Which way the figure should move."""

    UP = "up"
    DOWN = "down"


class State(StrEnum):
    OPEN = "open"  # the days after it are not over
    BETTER = "better"
    SAME = "same"  # no difference seen, which is not: there is none
    WORSE = "worse"
    FEW = "few"  # too little happened to tell


@dataclass(frozen=True, kw_only=True)
class Windows:
    """Both ends included. ``within``: so long each one is followed, where going on takes time."""

    before: tuple[date, date]
    after: tuple[date, date]
    within: timedelta

    @property
    def judged_on(self) -> date:
        """The first day on which all of it is known."""
        return self.after[1] + DAY + self.within


def windows_of(starts_on: date, *, days: int, follows: bool) -> Windows:
    """As many days before the change as from it on; ``follows``: the figure is a share of those who
    went on, for which each of them gets as many days again, before as after."""
    length = timedelta(days=days)
    return Windows(
        before=(starts_on - length, starts_on - DAY),
        after=(starts_on, starts_on + length - DAY),
        within=length if follows else timedelta(),
    )


@dataclass(frozen=True, kw_only=True)
class Shares:
    """How many of how many, before and after."""

    before: tuple[int, int]
    after: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Samples:
    """One number for each day, or for each lead."""

    before: Sequence[float]
    after: Sequence[float]
    events: int | None = None  # that the days hold; None: each number is one


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """``chance``: how often luck alone makes a difference as large or larger, either way."""

    state: State
    chance: float | None = None


def judge(found: Shares | Samples, *, way: Way, is_over: bool) -> Verdict:
    """Nothing is called better or worse before its days are over: who looks each day finds luck."""
    if not is_over:
        return Verdict(state=State.OPEN)
    if isinstance(found, Shares):
        return _of_shares(found, way)
    return _of_samples(found, way)


def _of_shares(found: Shares, way: Way) -> Verdict:
    (hits, of), (hits_after, of_after) = found.before, found.after
    if min(of, of_after) < LEAST or rarest(found) >= RARE:
        return Verdict(state=State.FEW)
    moved = hits_after / of_after - hits / of
    return _verdict(fisher(found), moved, way)


def _of_samples(found: Samples, way: Way) -> Verdict:
    events = found.events if found.events is not None else LEAST
    if min(len(found.before), len(found.after), events) < LEAST:
        return Verdict(state=State.FEW)
    chance, lean = ranked(found.before, found.after)
    moved = _middle(found, found.after) - _middle(found, found.before)
    # Where ranks and the figure itself point to different sides, nothing is claimed.
    agreed = moved if moved * lean > 0 else 0.0
    return _verdict(chance, agreed, way)


def _middle(found: Samples, values: Sequence[float]) -> float:
    """Of days what one brought on the mean, of leads the middle one: as the figure is told."""
    return fmean(values) if found.events is not None else median(values)


def _verdict(chance: float, moved: float, way: Way) -> Verdict:
    if chance >= RARE or not moved:
        return Verdict(state=State.SAME, chance=chance)
    is_wanted = (moved > 0) == (way is Way.UP)
    return Verdict(state=State.BETTER if is_wanted else State.WORSE, chance=chance)


def fisher(found: Shares) -> float:
    """Fisher's exact test, both sides: all tables of these sums that are as rare or rarer."""
    hits, low, tables = found.before[0], *_tables(found)
    seen = tables[hits - low]
    return min(1.0, sum(one for one in tables if one <= seen * (1 + SAME)))


def rarest(found: Shares) -> float:
    """What the test would say of the most one-sided table: above ``RARE`` it can say nothing."""
    _low, tables = _tables(found)
    least = min(tables[0], tables[-1])
    return min(1.0, sum(one for one in tables if one <= least * (1 + SAME)))


def _tables(found: Shares) -> tuple[int, list[float]]:
    """Chances of all ways in which the hits may fall on the two sides, from the fewest before."""
    (hits, of), (hits_after, of_after) = found.before, found.after
    marked, whole = hits + hits_after, of + of_after
    low, high = max(0, marked - of_after), min(marked, of)
    return low, [
        exp(_ways(marked, one) + _ways(whole - marked, of - one) - _ways(whole, of))
        for one in range(low, high + 1)
    ]


def _ways(of: int, some: int) -> float:
    """The logarithm of in how many ways they are drawn."""
    return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)


def ranked(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """The rank test of Mann and Whitney, with ties and the correction for continuity: its chance,
    and to which side it leans (above nothing: what came after is larger)."""
    first, second = len(before), len(after)
    ordered = sorted(before)
    larger = sum((bisect_left(ordered, one) + bisect_right(ordered, one)) / 2 for one in after)
    lean = larger - first * second / 2
    whole = first + second
    ties = sum(count**3 - count for count in Counter([*before, *after]).values())
    spread = first * second / 12 * (whole + 1 - ties / (whole * (whole - 1)))
    if spread <= 0:
        return 1.0, 0.0
    off = max(0.0, abs(lean) - 0.5) / sqrt(spread)
    return min(1.0, 2 * NormalDist().cdf(-off)), lean
