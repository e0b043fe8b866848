"""Figures of the reports from counts and sums. No database, no clock; None means unknown."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

CENT = Decimal("0.01")
STEPS = ("lead", "mql", "sal", "sql", "opportunity", "customer")
PAIRS = tuple(pairwise(STEPS))


class Basis(StrEnum):
    """Whose facts count: those of people who became leads in the period, or those dated in it."""

    COHORT = "cohort"
    EVENT = "event"


def ratio(part: Decimal | int | None, whole: Decimal | int | None) -> float | None:
    """``part / whole`` as a fraction; None where either is unknown or the whole is nothing."""
    if part is None or not whole:
        return None
    return float(Decimal(part) / Decimal(whole))


def cost_each(cost: Decimal | None, people: int) -> Decimal | None:
    """Cost per MQL, per customer ...; unknown cost or nobody gives None, never 0."""
    return (cost / people).quantize(CENT) if cost is not None and people else None


def win_rate(won: int, lost: int) -> float | None:
    """won / (won + lost), by close date."""
    return ratio(won, won + lost)


def sales_velocity(
    *, open_deals: int, average_won: Decimal | None, rate: float | None, mean_days: float | None
) -> Decimal | None:
    """Money a day: open deals x average won amount x win rate / mean days from opened to won."""
    if average_won is None or rate is None or not mean_days:
        return None
    money = Decimal(open_deals) * average_won * Decimal(str(rate)) / Decimal(str(mean_days))
    return money.quantize(CENT)


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
    pipeline_created: Decimal | None = None
    deals_opened: int = 0
    deals_won: int = 0
    lost: int = 0
    revenue: Decimal | None = None
    unknown_amounts: int = 0
    cost: Decimal | None = None
    unknown_costs: int = 0
    median_days: dict[str, float | None] = field(default_factory=dict)
    negative_durations: int = 0
    left_lead: int = 0
    days: int = 0
    reasons: list[Reason] = field(default_factory=list)

    def reached(self, step: str) -> int:
        return self.people.get(step, 0)

    @property
    def won(self) -> int:
        """People who became customers."""
        return self.reached("customer")

    @property
    def median_days_to_win(self) -> float | None:
        return self.median_days.get("lead>customer")

    @property
    def throughput_per_day(self) -> float | None:
        """Leads that left the lead stage, a day."""
        return ratio(self.left_lead, self.days)

    @property
    def cost_per_mql(self) -> Decimal | None:
        return cost_each(self.cost, self.reached("mql"))

    @property
    def cost_per_customer(self) -> Decimal | None:
        return cost_each(self.cost, self.won)

    @property
    def conversion(self) -> dict[str, float | None]:
        """Share of those who reached a step that reached the next one, by ``from>to``."""
        return {f"{a}>{b}": ratio(self.reached(b), self.reached(a)) for a, b in PAIRS}


@dataclass
class PipelineRow:
    """One group of the pipeline report."""

    group: str
    label: str
    created: int = 0
    open: int = 0
    won: int = 0
    lost: int = 0
    undated: int = 0
    open_amount: Decimal | None = None
    won_amount: Decimal | None = None
    won_priced: int = 0
    median_cycle_days: float | None = None
    mean_cycle_days: float | None = None

    @property
    def win_rate(self) -> float | None:
        return win_rate(self.won, self.lost)

    @property
    def close_ratio(self) -> float | None:
        """won / created."""
        return ratio(self.won, self.created)

    @property
    def sales_velocity(self) -> Decimal | None:
        average = self.won_amount / self.won_priced if self.won_amount and self.won_priced else None
        return sales_velocity(
            open_deals=self.open,
            average_won=average,
            rate=self.win_rate,
            mean_days=self.mean_cycle_days,
        )
