"""What a goal takes, as it is read: each step of the arithmetic with its figure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils import timezone

from baton.core.offers import Label
from baton.core.settings.queries import organisation
from baton.core.words import label_of
from baton.qualification.handoff.queries.goals import Takes, what_it_takes
from baton.qualification.handoff.rules import STEPS, Goal


@dataclass(frozen=True, kw_only=True)
class Step:
    """From one stage to the next; ``rate`` None: nobody was there yet. ``reached`` of ``all`` went
    on, listed at ``url``."""

    words: Label
    rate: float | None
    reached: int
    all: int
    url: str


@dataclass(frozen=True, kw_only=True)
class TakesShown:
    takes: Takes
    currency: str
    revenue: Decimal
    average_deal: Decimal
    customers: float
    steps: list[Step]
    rate: float | None
    mqls: int | None
    likely: tuple[int, int] | None
    each: Decimal | None


def takes_of(goal: Goal | None) -> TakesShown | None:
    """By the rates of the last year; None without a goal."""
    return shown(what_it_takes(goal, at=timezone.now())) if goal else None


def shown(takes: Takes) -> TakesShown:
    """In the company's currency."""
    proposal = takes.proposal
    names = [label_of(step) for step in STEPS]
    return TakesShown(
        takes=takes,
        currency=organisation().base_currency,
        revenue=Decimal(takes.goal.revenue),
        average_deal=Decimal(takes.goal.average_deal),
        customers=float(takes.goal.customers),
        steps=[
            Step(
                words=f"{names[place]} → {names[place + 1]}",
                rate=_plain(rate),
                reached=takes.reached[place + 1],
                all=takes.reached[place],
                url=reverse("handoff:reached", args=[STEPS[place + 1]]),
            )
            for place, rate in enumerate(takes.rates)
        ],
        rate=_plain(proposal.rate) if proposal else None,
        mqls=proposal.mqls if proposal else None,
        likely=takes.likely,
        each=round(Decimal(proposal.each.numerator) / proposal.each.denominator, 2)
        if proposal
        else None,
    )


def _plain(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)
