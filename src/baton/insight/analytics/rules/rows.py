"""One line of a report: what was counted, and what follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from baton.insight.analytics.rules.figures import (
    cost_each,
    money_of,
    plus,
    ratio,
    sales_velocity,
    win_rate,
)

STEPS = ("lead", "mql", "sal", "sql", "opportunity", "customer")
PAIRS = tuple(pairwise(STEPS))
WIN = "lead>customer"
MOVED_ON = "moved_on"  # not a stage: when a person left the lead stage
ADDED = (
    "deals_opened",
    "deals_won",
    "purchases",
    "unknown_purchases",
    "lost",
    "unanswered",
    "unanswered_unknown",
    "unknown_opened",
    "unknown_amounts",
    "negative_durations",
    "negative_steps",
)


class Basis(StrEnum):
    """Whose facts count: those of people who became leads in the period, or those dated in it."""

    COHORT = "cohort"
    EVENT = "event"


@dataclass
class Reason:
    """How often sales said this about people of the group; ``kind`` handoff or deal."""

    reason: str
    kind: str
    count: int


@dataclass
class Row:
    """One group of the closed loop. Amounts in the organisation's currency."""

    group: str
    label: str
    group_key: str = ""
    people: dict[str, int] = field(default_factory=dict)
    inferred: dict[str, int] = field(default_factory=dict)
    went_on: dict[str, int] = field(default_factory=dict)
    pipeline_created: Decimal | None = None
    deals_opened: int = 0
    deals_won: int = 0
    purchases: int = 0  # that belong to no deal that is won
    unknown_purchases: int = 0
    lost: int = 0
    revenue: Decimal | None = None
    unknown_opened: int = 0
    unknown_amounts: int = 0
    cost: Decimal | None = None
    unknown_costs: int = 0
    unanswered: int = 0  # handed to sales, and nobody answered in time or since
    unanswered_unknown: int = 0  # of so many of those it is unknown what they cost
    spent_in_vain: Decimal | None = None  # on those of whom it is known, unrounded
    is_whole: bool = True  # nobody is hidden from who asks
    median_days: dict[str, float | None] = field(default_factory=dict)
    negative_durations: int = 0
    negative_steps: int = 0
    days: int = 0
    reasons: list[Reason] = field(default_factory=list)

    def reached(self, step: str) -> int:
        return self.people.get(step, 0)

    @property
    def won(self) -> int:
        """People who became customers."""
        return self.reached("customer")

    @property
    def left_lead(self) -> int:
        """People who moved on from the lead stage, wherever to."""
        return self.reached(MOVED_ON)

    @property
    def refusals(self) -> int:
        """How often sales said no."""
        return sum(reason.count for reason in self.reasons)

    @property
    def median_days_to_win(self) -> float | None:
        return self.median_days.get(WIN)

    @property
    def throughput_per_day(self) -> float | None:
        """Leads that left the lead stage, a day."""
        return ratio(self.left_lead, self.days)

    @property
    def cost_per_mql(self) -> Decimal | None:
        return cost_each(self._whole_cost, self.reached("mql"))

    @property
    def cost_per_customer(self) -> Decimal | None:
        return cost_each(self._whole_cost, self.won)

    @property
    def unanswered_cost(self) -> Decimal | None:
        return money_of(self.spent_in_vain)

    @property
    def _whole_cost(self) -> Decimal | None:
        """All of the cost over some of the people would say nothing."""
        return self.cost if self.is_whole else None

    @property
    def conversion(self) -> dict[str, float | None]:
        """Of those who reached a step, the share that ever reached the next, by ``from>to``.

        Whom sales found never was an MQL: they are in the SQLs, but not in the share of the SALs.
        """
        return {
            f"{a}>{b}": ratio(self.went_on.get(a, 0), self.reached(a) or None) for a, b in PAIRS
        }


def added_up(rows: Iterable[Row]) -> Row:
    """The line under the table: all that can be added. Medians, cost and days cannot."""
    total = Row(group="*", label="*")
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for name in ("people", "inferred", "went_on"):
            for step, count in getattr(row, name).items():
                getattr(total, name)[step] = getattr(total, name).get(step, 0) + count
        for name in ADDED:
            setattr(total, name, getattr(total, name) + getattr(row, name))
        total.pipeline_created = plus(total.pipeline_created, row.pipeline_created)
        total.revenue = plus(total.revenue, row.revenue)
        total.spent_in_vain = plus(total.spent_in_vain, row.spent_in_vain)
        for reason in row.reasons:
            key = (reason.kind, reason.reason)
            counts[key] = counts.get(key, 0) + reason.count
    found = [Reason(reason, kind, count) for (kind, reason), count in counts.items()]
    total.reasons = sorted(found, key=lambda one: (-one.count, one.kind, one.reason))
    return total


@dataclass
class PipelineRow:
    """One group of the pipeline report: open now, the rest in the period."""

    group: str
    label: str
    group_key: str = ""
    created: int = 0
    created_won: int = 0
    open: int = 0
    won: int = 0
    lost: int = 0
    undated: int = 0
    negative: int = 0
    open_amount: Decimal | None = None
    won_amount: Decimal | None = None
    open_priced: int = 0
    won_priced: int = 0
    median_cycle_days: float | None = None
    mean_cycle_days: float | None = None

    @property
    def win_rate(self) -> float | None:
        return win_rate(self.won, self.lost)

    @property
    def close_ratio(self) -> float | None:
        """won / created, of those created in the period."""
        return ratio(self.created_won, self.created)

    @property
    def average_won(self) -> Decimal | None:
        """Over the won deals whose amount is known."""
        return self.won_amount / self.won_priced if self.won_amount and self.won_priced else None

    @property
    def sales_velocity(self) -> Decimal | None:
        return sales_velocity(
            open_deals=self.open,
            average_won=self.average_won,
            rate=self.win_rate,
            mean_days=self.mean_cycle_days,
        )
