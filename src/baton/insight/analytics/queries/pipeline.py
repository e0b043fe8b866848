"""The pipeline by rep, manager, product, region or company."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from baton.core.access.models import User
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.queries.running import run
from baton.insight.analytics.rules import CENT, PipelineRow
from baton.records.people.models import Company
from baton.records.purchases.models import Product
from baton.sales.deals.models import Deal

OWNER = "LEFT JOIN access_user owner ON owner.id = deal.owner_id"
# A deal of several products counts once with each, by the money of its lines of that product.
LINES = """
    LEFT JOIN (
        SELECT deal_id, product_id, SUM(quantity * price) AS amount,
            COUNT(*) OVER (PARTITION BY deal_id) AS products
        FROM deals_dealline
        GROUP BY deal_id, product_id
    ) AS line ON line.deal_id = deal.id
"""
LINE_AMOUNT = "CASE WHEN line.products > 1 THEN line.amount ELSE deal.base_amount END"
# by -> (group, joins, amount)
GROUPS: dict[str, tuple[str, str, str]] = {
    "rep": ("deal.owner_id", "", "deal.base_amount"),
    "manager": ("owner.manager_id", OWNER, "deal.base_amount"),
    "region": ("owner.region", OWNER, "deal.base_amount"),
    "product": ("line.product_id", LINES, LINE_AMOUNT),
    "company": ("deal.company_id", "", "deal.base_amount"),
}


@dataclass(frozen=True)
class PipelineReport:
    """Rows, most money won first, and the total."""

    by: str
    rows: list[PipelineRow]
    total: PipelineRow


def pipeline(
    *, by: str, user: User | None = None, from_on: date | None = None, to_on: date | None = None
) -> PipelineReport:
    """Deals opened in the period (all, without one) that ``user`` may see; in base money."""
    period = Question(from_on=from_on, to_on=to_on).values()
    rows = _ask(GROUPS[by], period, user)
    total = _ask(("'*'", "", "deal.base_amount"), period, user)
    _name(by, rows)
    rows.sort(key=lambda row: (-(row.won_amount or Decimal(0)), row.label))
    return PipelineReport(by, rows, total[0] if total else PipelineRow("*", ""))


def _ask(
    words: tuple[str, str, str], period: dict[str, Any], user: User | None
) -> list[PipelineRow]:
    group, joins, amount = words
    visible = Deal.objects.all() if user is None else Deal.objects.visible_to(user, VIEW_REPORTS)
    found = run(
        "pipeline",
        values=period,
        fragments={"group": group, "joins": joins, "amount": amount},
        visible=visible,
    )
    return [_row(row) for row in found]


def _row(found: dict[str, Any]) -> PipelineRow:
    group = "" if found["grp"] is None else str(found["grp"])
    return PipelineRow(
        group=group,
        label=group,
        created=found["created"],
        open=int(found["open"]),
        won=int(found["won"]),
        lost=int(found["lost"]),
        undated=int(found["undated"]),
        open_amount=_money(found["open_amount"]),
        won_amount=_money(found["won_amount"]),
        won_priced=int(found["won_priced"]),
        median_cycle_days=None if found["median_days"] is None else float(found["median_days"]),
        mean_cycle_days=None if found["mean_days"] is None else float(found["mean_days"]),
    )


def _money(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(CENT)


def _name(by: str, rows: Iterable[PipelineRow]) -> None:
    models: dict[str, Any] = {"rep": User, "manager": User, "product": Product, "company": Company}
    if by not in models:
        return
    ids = [int(row.group) for row in rows if row.group]
    names = dict(models[by]._base_manager.filter(pk__in=ids).values_list("pk", "name"))
    for row in rows:
        row.label = names.get(int(row.group), row.group) if row.group else ""
