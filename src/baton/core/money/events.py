from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from baton.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RateSet(Fact):
    """A rate became known, or another: open amounts in the company's currency may change."""

    name: ClassVar[str] = "money.rate_set"
    currency: str
    base_currency: str
    on: date
    rate: Decimal
