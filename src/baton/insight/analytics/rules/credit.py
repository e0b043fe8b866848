"""What a group of touches has of what was won, by each model. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from baton.insight.analytics.rules.figures import CENT, plus, ratio

PARTS = 10_000  # of a deal: shares are counted in these, so that they sum to whole deals
NO_TOUCH = "(no known touch)"  # the group of deals before which no touch is known


class LookBack(StrEnum):
    """How many days before the opening of a deal a touch may lie."""

    DAYS_30 = "30"
    DAYS_90 = "90"
    DAYS_180 = "180"
    DAYS_365 = "365"
    ALL = "all"

    @property
    def days(self) -> int | None:
        return None if self is LookBack.ALL else int(self)


@dataclass(frozen=True)
class Credit:
    """Money in cents, None while no amount of these deals is known; shares in parts of a deal."""

    cents: int | None = None
    parts: int = 0

    @property
    def deals(self) -> Decimal:
        return Decimal(self.parts) / PARTS

    @property
    def revenue(self) -> Decimal | None:
        """Nothing of any deal is 0; of deals without amounts it is unknown."""
        if not self.parts:
            return Decimal(0)
        return None if self.cents is None else self.cents * CENT

    def __add__(self, other: "Credit") -> "Credit":
        known = [each.cents for each in (self, other) if each.cents is not None]
        return Credit(sum(known) if known else None, self.parts + other.parts)


@dataclass
class CreditRow:
    """One group, or all of them; ``credits`` by the name of the model."""

    group: str
    label: str
    group_key: str = ""
    touches: int = 0
    deals_touched: int = 0
    purchases: int = 0  # of all: those among the sales that are no deals
    cost: Decimal | None = None
    unknown_costs: int = 0
    unknown_amounts: int = 0  # of all deals: won deals without a known amount
    credits: dict[str, Credit] = field(default_factory=dict)
    is_whole: bool = True  # False: some deals are hidden from who asks

    @property
    def is_untouched(self) -> bool:
        return self.group == NO_TOUCH

    def return_on_cost(self, model: str) -> float | None:
        """(revenue - cost) / cost, at a margin of 100 %; unknown where either is, or cost is 0.

        Cost is never of some of the deals: who sees some of them has no return.
        """
        revenue = self.credits[model].revenue
        if revenue is None or self.cost is None or not self.is_whole:
            return None
        return ratio(revenue - self.cost, self.cost)


def credited_in_all(rows: Iterable[CreditRow], models: Iterable[str]) -> CreditRow:
    """The totals; each model's are the same."""
    total = CreditRow("*", "", credits=dict.fromkeys(models, Credit()))
    for row in rows:
        total.touches += row.touches
        total.unknown_costs += row.unknown_costs
        total.cost = plus(total.cost, row.cost)
        for model, credit in row.credits.items():
            total.credits[model] += credit
    return total
