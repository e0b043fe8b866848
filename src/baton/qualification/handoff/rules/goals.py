"""From a goal in money to MQLs a month, by the rates at which people went on before."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

STEPS = ("mql", "sal", "sql", "opportunity", "customer")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is asked: revenue a month, marketing's share of it in percent, the average deal."""

    revenue: int
    share: int
    average_deal: int

    @property
    def customers(self) -> Fraction:
        return Fraction(self.revenue * self.share, 100 * self.average_deal)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """``each``: what one MQL is worth; ``rate``: of MQLs that become customers."""

    customers: Fraction
    rate: Fraction
    mqls: int
    each: Fraction


def step_rates(reached: tuple[int, ...]) -> tuple[Fraction | None, ...]:
    """From how many reached each of STEPS: the share that went on, None where nobody was there."""
    return tuple(Fraction(then, before) if before else None for before, then in pairwise(reached))


def propose(goal: Goal, *, rates: tuple[Fraction | None, ...]) -> Proposal | None:
    """MQLs a month, rounded up; None while a rate is unknown, or nobody has ever bought."""
    rate = Fraction(1)
    for step in rates:
        if not step:
            return None
        rate *= step
    return Proposal(
        customers=goal.customers,
        rate=rate,
        mqls=ceil(goal.customers / rate),
        each=rate * goal.average_deal,
    )
