"""A buyer's stages, which of them stalls, and where nothing is shown. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

from baton.qualification.lifecycle.rules import Stage

LEAST = 10  # of fewer who left nothing is said
SLOWER = 1.5  # times as long as the others' median


class Code(StrEnum):
    """The stages in their order; names are the company's."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    COMPARING = "comparing"
    DECISION = "decision"
    CUSTOMER = "customer"


class Care(StrEnum):
    """Who cares for them."""

    MARKETING = "marketing"
    SALES = "sales"
    BOTH = "both"


LAST = Code.CUSTOMER  # nobody needs to leave it
USUAL: Mapping[Code, tuple[Care, tuple[Stage, ...]]] = {
    Code.PROBLEM: (Care.MARKETING, (Stage.SUBSCRIBER,)),
    Code.SOLUTION: (Care.MARKETING, (Stage.LEAD,)),
    Code.COMPARING: (Care.BOTH, (Stage.MQL, Stage.SAL)),
    Code.DECISION: (Care.SALES, (Stage.SQL, Stage.OPPORTUNITY)),
    Code.CUSTOMER: (Care.SALES, (Stage.CUSTOMER, Stage.EVANGELIST)),
}
MAPPED = tuple(stage for stage in Stage if stage is not Stage.OTHER)  # who is other goes no way


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A stage of the map, and the lifecycle stages by which somebody is known to be in it."""

    code: Code
    name: str
    question: str
    care: Care
    stages: tuple[str, ...]


def first_backward(spots: Sequence[Spot]) -> tuple[str, str] | None:
    """Two lifecycle stages that would be passed the other way round: of each the first such."""
    place = {stage: number for number, spot in enumerate(spots) for stage in spot.stages}
    mapped = [stage for stage in MAPPED if stage in place]
    for earlier, later in pairwise(mapped):
        if place[earlier] > place[later]:
            return earlier, later
    return None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one stage; people but for ``timed``, which are stays that ended in the period.

    ``went_on``: of ``entered``, those who were further on later; ``still``: those who are here.
    ``long``: of ``here``, those who are here longer than nine in ten stays took (``slow_days``).
    """

    here: int = 0
    entered: int = 0
    gone: int = 0
    went_on: int = 0
    still: int = 0
    long: int = 0
    timed: int = 0
    median_days: float | None = None
    slow_days: float | None = None

    @property
    def conversion(self) -> float | None:
        return self.went_on / self.entered if self.entered else None

    @property
    def long_share(self) -> float | None:
        return self.long / self.here if self.here and self.slow_days is not None else None


@dataclass(frozen=True, kw_only=True)
class Stall:
    """Where they stay longest, against the median of the other stages' medians."""

    code: Code
    days: float
    others: float


def stall_of(figures: Mapping[Code, Figures]) -> Stall | None:
    """None while fewer than two stages have ten stays that ended, or none is that much slower."""
    known = {
        code: one.median_days
        for code, one in figures.items()
        if code is not LAST and one.timed >= LEAST and one.median_days is not None
    }
    if len(known) < 2:
        return None
    slowest = max(known, key=lambda code: known[code])
    others = median(days for code, days in known.items() if code is not slowest)
    if known[slowest] <= others * SLOWER:
        return None
    return Stall(code=slowest, days=known[slowest], others=others)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Nothing is shown there to that persona; to nobody at all where ``persona`` is None."""

    code: Code
    persona: int | None


def gaps_of(shown: Mapping[Code, set[int | None]], personas: Sequence[int]) -> list[Gap]:
    """``shown``: for which personas something is there; None is everybody."""
    gaps = []
    for code in Code:
        told = shown.get(code, set())
        if None in told:
            continue
        if not told:
            gaps.append(Gap(code=code, persona=None))
        else:
            gaps += [Gap(code=code, persona=one) for one in personas if one not in told]
    return gaps
