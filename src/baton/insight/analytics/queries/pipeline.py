"""The pipeline by rep, manager, product, region or company."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from baton.core.access.models import User
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries.asking import Question, unowned
from baton.insight.analytics.queries.in_lake import run_in_lake
from baton.insight.analytics.queries.running import run, subquery
from baton.insight.analytics.rules import PipelineRow, money_of
from baton.records.people.models import Company
from baton.records.purchases.models import Product
from baton.sales.deals.models import Deal

OWNER = "LEFT JOIN access_user owner ON owner.id = deal.owner_id"
# A deal of several products counts once with each, by the share of its lines of that product in the
# deal's worth: lines are in its own currency.
LINES = """
    LEFT JOIN (
        SELECT deal_id, product_id, SUM(quantity * price) AS amount,
            COUNT(*) OVER (PARTITION BY deal_id) AS products
        FROM deals_dealline
        GROUP BY deal_id, product_id
    ) AS line ON line.deal_id = deal.id
"""
LINE_AMOUNT = """
    CASE WHEN line.products > 1 AND deal.amount <> 0
        THEN line.amount * 1.0 * deal.base_amount / deal.amount
        ELSE deal.base_amount
    END
"""
# by -> (group, joins, amount)
GROUPS: dict[str, tuple[str, str, str]] = {
    "rep": ("deal.owner_id", "", "deal.base_amount"),
    "manager": ("owner.manager_id", OWNER, "deal.base_amount"),
    "product": ("line.product_id", LINES, LINE_AMOUNT),
    "region": ("owner.region", OWNER, "deal.base_amount"),
    "company": ("deal.company_id", "", "deal.base_amount"),
}
WHOLE = ("'*'", "", "deal.base_amount")
NAMED: dict[str, Any] = {"rep": User, "manager": User, "product": Product, "company": Company}
WON, LOST = "is_closed = 1 AND state = 'won'", "is_closed = 1 AND state = 'lost'"
# column -> what is true of its deals
DEAL_COLUMNS = {
    "created": "is_created = 1",
    "created_won": "is_created = 1 AND state = 'won'",
    "open": "is_open = 1",
    "won": WON,
    "lost": LOST,
    "undated": "is_created = 1 AND opened_at IS NULL",
}


@dataclass(frozen=True)
class PipelineReport:
    """Rows, most money won first, and the total."""

    by: str
    rows: list[PipelineRow]
    total: PipelineRow


@dataclass(frozen=True, kw_only=True)
class PipelineQuestion:
    """One pipeline report: deals created, won and lost in the period, and those open now.

    Amounts are in the company's currency. ``user`` None asks for all deals; else for those the user
    may see. ``from_lake`` gives the same figures by the lake's engine.
    """

    by: str = "rep"
    from_on: date | None = None
    to_on: date | None = None
    user: User | None = None
    from_lake: bool = False

    def terms(self, words: tuple[str, str, str]) -> dict[str, Any]:
        """What the SQL reads and how it groups it."""
        group, joins, amount = words
        group = unowned(self.by, group) if words != WHOLE else group
        fragments = {"group": group, "joins": joins, "amount": amount}
        return {
            "fragments": fragments | {"is_won": f"({WON})", "is_lost": f"({LOST})"},
            "bounds": {"visible": self._visible().values("id")},
        }

    def period(self) -> dict[str, Any]:
        """The days as moments."""
        period = Question(from_on=self.from_on, to_on=self.to_on).period()
        return {"since": period["cohort_from"], "until": period["cohort_to"]}

    def _visible(self) -> QuerySet[Deal]:
        if self.user is None:
            return Deal.objects.all()
        return Deal.objects.visible_to(self.user, VIEW_REPORTS)


def pipeline(question: PipelineQuestion) -> PipelineReport:
    """Won, lost and open by group; a constant number of queries."""
    rows = _ask(question, GROUPS[question.by])
    total = _ask(question, WHOLE)
    _name(question.by, rows)
    rows.sort(key=lambda row: (-(row.won_amount or Decimal(0)), row.label))
    return PipelineReport(question.by, rows, total[0] if total else PipelineRow("*", ""))


def deals_in(question: PipelineQuestion, *, column: str, group: str | None) -> RawSQL:
    """The ids of the deals whom that figure counts, to filter by; ``group`` None is the total's."""
    values = question.period() | {"is_whole": int(group is None), "grp": group or ""}
    terms = question.terms(GROUPS[question.by])
    terms["fragments"] |= {"figure": DEAL_COLUMNS[column]}
    return subquery("behind_pipeline", **terms, values=values)


def _ask(question: PipelineQuestion, words: tuple[str, str, str]) -> list[PipelineRow]:
    terms, values = question.terms(words), question.period()
    if question.from_lake:
        parts = {**terms["fragments"], "visible": "SELECT id FROM deals"}
        [found] = run_in_lake(["pipeline"], values=values, parts=parts, user=question.user)
    else:
        found = run("pipeline", **terms, values=values)
    return [_row(row) for row in found]


def _row(found: dict[str, Any]) -> PipelineRow:
    row = PipelineRow(group=found["grp"], label=found["grp"])
    for name in ("created", "created_won", "open", "won", "lost", "undated", "negative"):
        setattr(row, name, int(found[name]))
    row.open_priced, row.won_priced = int(found["open_priced"]), int(found["won_priced"])
    row.open_amount, row.won_amount = money_of(found["open_amount"]), money_of(found["won_amount"])
    row.median_cycle_days = _number(found["median_days"])
    row.mean_cycle_days = _number(found["mean_days"])
    return row


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _name(by: str, rows: Iterable[PipelineRow]) -> None:
    """Words for groups that are ids; ``group_key`` names one in addresses."""
    ids = [int(row.group) for row in rows if row.group and by in NAMED]
    found = NAMED[by]._base_manager.filter(pk__in=ids) if ids else ()
    known = {str(one.pk): one for one in found}
    for row in rows:
        row.group_key = row.group
        if row.group in known:
            row.label, row.group_key = known[row.group].name, str(known[row.group].key)
