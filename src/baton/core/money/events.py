from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RateChanged(Fact):
    """What both have: amounts in the currency may be worth something else from that day on."""

    currency: str
    base_currency: str
    on: date


@dataclass(frozen=True, kw_only=True)
class RateSet(RateChanged):
    """A rate became known, or another: open amounts in the company's currency may change."""

    name: ClassVar[str] = "money.rate_set"
    rate: Decimal


@dataclass(frozen=True, kw_only=True)
class RateRemoved(RateChanged):
    """A rate of a day is no longer known: amounts fall back to the one before it, or to unknown."""

    name: ClassVar[str] = "money.rate_removed"
