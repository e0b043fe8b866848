"""Which touches brought what was won, by several models over the same deals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from baton.core.access.models import User
from baton.core.access.roles import Scope
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries.models import MODELS, pieces
from baton.insight.analytics.queries.running import FILES
from baton.insight.analytics.rules import (
    NO_TOUCH,
    Credit,
    CreditRow,
    LookBack,
    credited_in_all,
    money_of,
)
from baton.insight.lake.queries import Row, read
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.rules import same_code_sql
from baton.records.purchases.models import Order
from baton.sales.deals.models import Deal

FOLDER = FILES / "attribution"
# by -> (what touches are grouped by, what costs are; empty: costs are of none of these)
TOUCH_GROUPS: Mapping[str, tuple[str, str]] = {
    "channel": ("channel", "channel"),
    "campaign": ("campaign", "COALESCE(campaign, '')"),
    "landing_page": ("landing_page", ""),
    "touch_source": ("source", ""),
}
TOUCHED = "touches"  # a column that is no model: every deal that the group touched at all
CREDIT_COLUMNS = (*MODELS, TOUCHED)


@dataclass(frozen=True, kw_only=True)
class AttributionQuestion:
    """Deals won and purchases made in the period, and the touches before each.

    ``user`` None asks for all of them; else for those the user may see.
    """

    by: str = "channel"
    from_on: date | None = None
    to_on: date | None = None
    look_back: LookBack = LookBack.DAYS_90
    user: User | None = None

    @property
    def sees_all(self) -> bool:
        return self.user is None or self.user.scope(VIEW_REPORTS) is Scope.ALL

    def answers(
        self,
        name: str,
        *,
        deal: int | None = None,
        columns: Mapping[str, str] | None = None,
        **more: Any,
    ) -> list[Row]:
        """The rows of that file; ``columns`` are further pieces of SQL, ``more`` values."""
        group, cost_group = TOUCH_GROUPS[self.by]
        parts = pieces() | {
            "grp": group,
            "cost_grp": cost_group or "''",
            "no_touch": f"'{NO_TOUCH}'",
            "same_code": same_code_sql("campaigns.code"),
            "same_spelling": same_code_sql("met.campaign"),
        }
        values = {
            "from_on": self.from_on,
            "to_on": self.to_on,
            "look_back": self.look_back.days,
            "deal": deal,
        }
        return read(
            FOLDER / f"{name}.sql",
            user=self.user,
            values=values | more,
            parts=parts | dict(columns or {}),
        )


@dataclass(frozen=True)
class Attribution:
    """Rows, most revenue by linear touch first, and the total."""

    question: AttributionQuestion
    rows: list[CreditRow]
    total: CreditRow

    @property
    def deals(self) -> int:
        """How many were won, with the purchases that belong to none."""
        return int(next(iter(self.total.credits.values())).deals)


def attribution(question: AttributionQuestion) -> Attribution:
    """Revenue and deals by group and model: one read of the lake."""
    found = question.answers("attribution")
    rows = [_row(row) for row in found]
    total = credited_in_all(rows, MODELS)
    total.deals_touched = found[0]["all_deals"] if found else 0
    total.purchases = found[0]["all_purchases"] if found else 0
    total.unknown_amounts = found[0]["all_unknown"] if found else 0
    shown = [row for row in rows if _is_shown(row, question)]
    for row in [total, *shown]:
        row.is_whole = question.sees_all
    _name(question.by, shown)
    shown.sort(key=lambda row: (-(row.credits["linear"].cents or 0), -row.touches, row.label))
    return Attribution(question, shown, total)


@dataclass(frozen=True)
class Share:
    """What of a deal is the group's, by the model that was asked for."""

    credit: Credit
    touches: int


def deals_behind(
    question: AttributionQuestion, *, column: str, group: str | None
) -> dict[int, Share]:
    """The sales which that figure counts, by id (of a purchase: below zero); ``group`` None is the
    total's. Their shares sum to the figure.
    """
    model = column if column in MODELS else "linear"
    parts = f"parts_{model}"
    is_counted = "COUNT(event_id) > 0" if column == TOUCHED else f"SUM({parts}) > 0"
    found = question.answers(
        "behind",
        columns={"cents": f"cents_{model}", "parts": parts, "is_counted": is_counted},
        is_whole=int(group is None),
        group=group or "",
    )
    return {row["deal_id"]: Share(_credit(row), row["touches"]) for row in found}


def orders_behind(shares: Mapping[int, Share]) -> dict[int, Share]:
    """Of what ``deals_behind`` found the purchases, by their own ids."""
    return {-number: share for number, share in shares.items() if number < 0}


def touches_of(question: AttributionQuestion, sale: Deal | Order) -> list[Row]:
    """Why a sale counts where it counts: its touches, each with its credit by every model."""
    found = question.answers("why", deal=-sale.pk if isinstance(sale, Order) else sale.pk)
    for row in found:
        row["credits"] = {name: _credit(row, f"_{name}") for name in MODELS}
    return found


def _row(found: Row) -> CreditRow:
    row = CreditRow(found["grp"], found["grp"], found["grp"])
    row.touches, row.deals_touched = found["touches"] or 0, found["deals"] or 0
    row.cost, row.unknown_costs = money_of(found["cost"]), found["unknown_costs"] or 0
    row.credits = {
        name: Credit(found[f"cents_{name}_sum"], found[f"parts_{name}_sum"] or 0) for name in MODELS
    }
    return row


def _credit(row: Row, suffix: str = "") -> Credit:
    return Credit(row[f"cents{suffix}"], row[f"parts{suffix}"])


def _is_shown(row: CreditRow, question: AttributionQuestion) -> bool:
    """What was spent on no group at all stands in the total alone."""
    if row.group == "" or not TOUCH_GROUPS[question.by][1]:
        row.cost, row.unknown_costs = None, 0
        return row.deals_touched > 0
    return True


def _name(by: str, rows: Iterable[CreditRow]) -> None:
    """Campaigns by their names."""
    if by != "campaign":
        return
    codes = Campaign.objects.living().filter(code__in=[row.group for row in rows])
    names = dict(codes.values_list("code", "name"))
    for row in rows:
        row.label = names.get(row.group, row.group)
