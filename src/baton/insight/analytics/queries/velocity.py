"""Sales velocity by group and over the months, and how long each step takes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any

from baton.core.access.models import Team, User
from baton.insight.analytics.queries.asking import Question, midnight, unowned
from baton.insight.analytics.queries.running import FILES
from baton.insight.analytics.rules import (
    PipelineRow,
    Stay,
    end_of_month,
    money_of,
    months_on,
    months_until,
)
from baton.insight.lake.queries import Row, read
from baton.records.purchases.models import Product
from baton.sales.deals.models import Stage

FOLDER = FILES / "velocity"
AMOUNT = "deals.base_amount"
LINE_AMOUNT = """
    CASE WHEN sold_line.of_products > 1 AND deals.amount <> 0
        THEN sold_line.worth * deals.base_amount / deals.amount
        ELSE deals.base_amount
    END
"""
OWNER = "LEFT JOIN users ON users.id = deals.owner_id"
PERSON = "LEFT JOIN people AS person ON person.id = deals.person_id"
SOURCE = (FILES / "source.sql").read_text(encoding="utf-8").split("\n", 1)[1]
# by -> (group, joins, amount)
VELOCITY_GROUPS: Mapping[str, tuple[str, str, str]] = {
    "rep": ("deals.owner_id", "", AMOUNT),
    "team": ("users.team_id", OWNER, AMOUNT),
    "product": ("sold_line.product_id", ":lines", LINE_AMOUNT),
    "source": (SOURCE, PERSON, AMOUNT),
}
TEAMED: Mapping[str, Any] = {"rep": User, "team": Team, "product": Product}
IN_PERIOD = """(:from_on IS NULL OR closed_on >= :from_on)
        AND (:to_on IS NULL OR closed_on <= :to_on)"""
# column -> what is true of its deals
VELOCITY_COLUMNS: Mapping[str, str] = {
    "open": "state = 'open'",
    "stood": "began_on <= :to_on AND (closed_on IS NULL OR closed_on > :to_on)",
    "won": f"state = 'won' AND {IN_PERIOD}",
    "closed": f"state <> 'open' AND {IN_PERIOD}",
    "timed": f"days IS NOT NULL AND {IN_PERIOD}",
}
PERIOD = -1  # the column of the whole period beside those of months


@dataclass(frozen=True, kw_only=True)
class VelocityQuestion:
    """Deals closed in the period and open now; ``on`` is today. Months are the last twelve up to
    the end of the period.

    ``user`` None asks for all; else for those the user may see.
    """

    on: date
    by: str = "rep"
    from_on: date | None = None
    to_on: date | None = None
    user: User | None = None

    @cached_property
    def months(self) -> list[date]:
        return months_until(min(self.to_on or self.on, self.on))

    @cached_property
    def asked(self) -> Question:
        """People and their steps, as the closed loop has them."""
        return Question(user=self.user, from_lake=True)

    def deals(
        self, name: str, columns: Mapping[str, str] | None = None, **values: Any
    ) -> list[Row]:
        """The rows of that file about deals."""
        group, joins, amount = VELOCITY_GROUPS[self.by]
        group = unowned(self.by, group)
        parts = {"grp": group, "joins": joins, "amount": amount, "is_in_period": IN_PERIOD}
        days = {"from_on": self.from_on, "to_on": self.to_on}
        return read(
            FOLDER / f"{name}.sql",
            user=self.user,
            values=days | self._moments() | values,
            parts=parts | self._months() | dict(columns or {}),
        )

    def steps(self, name: str, **values: Any) -> list[Row]:
        """The rows of that file about people."""
        terms = self.asked.terms()
        terms["fragments"] |= self._months()
        return self.asked.asked(
            name, values=self.asked.period() | self._moments() | values, **terms
        )

    def _moments(self) -> dict[str, Any]:
        """The period, and where the months begin, as moments."""
        zone = self.asked.zone
        until = self.to_on + timedelta(days=1) if self.to_on else None
        edges = [*self.months, months_on(self.months[-1], 1)]
        return {
            "since": midnight(self.from_on, zone),
            "until": midnight(until, zone),
        } | {f"edge_{place}": midnight(month, zone) for place, month in enumerate(edges)}

    def _months(self) -> dict[str, str]:
        """In which of the months something was done: a piece of SQL; and what medians are."""
        cases = " ".join(
            f"WHEN done_at < :edge_{place + 1} THEN {place}" for place in range(len(self.months))
        )
        middles = (FILES / "middles.sql").read_text(encoding="utf-8")
        return {"month": f"CASE WHEN done_at < :edge_0 THEN NULL {cases} END", "middles": middles}


@dataclass(frozen=True)
class Velocity:
    """Rows by group, the total, and a row a month (``open`` is at its end)."""

    question: VelocityQuestion
    rows: list[PipelineRow]
    total: PipelineRow
    months: list[PipelineRow]


def velocity(question: VelocityQuestion) -> Velocity:
    """Velocity by group, in all and by month: one read of the lake."""
    found = question.deals("velocity")
    by_axis: dict[str, list[PipelineRow]] = {"grp": [], "total": [], "month": []}
    for one in found:
        by_axis[one["axis"]].append(_row(one))
    rows = [row for row in by_axis["grp"] if row.open or row.won or row.lost]
    _name(question.by, rows)
    rows.sort(key=lambda row: (-(row.sales_velocity or Decimal(0)), -row.won, row.label))
    total = by_axis["total"][0] if by_axis["total"] else PipelineRow("*", "")
    return Velocity(question, rows, total, _months(by_axis["month"], question.months))


def stage_stays(question: VelocityQuestion) -> list[Stay]:
    """How long deals stood in each open stage that they left."""
    return _stays(question.deals("stages"))


def step_stays(question: VelocityQuestion) -> list[Stay]:
    """How long people took from step to step; ``won`` is from lead to customer."""
    return _stays(question.steps("pace"))


def deals_of_velocity(
    question: VelocityQuestion, *, column: str, group: str | None, month: date | None
) -> list[int]:
    """The ids of the deals that a figure counts: of a group in the period, or of a month."""
    if month:
        question = replace(question, from_on=month.replace(day=1), to_on=end_of_month(month))
        column = "stood" if column == "open" else column
    found = question.deals(
        "behind",
        columns={"figure": VELOCITY_COLUMNS[column]},
        is_whole=int(group is None),
        group=group or "",
    )
    return [row["id"] for row in found]


def deals_of_stage(question: VelocityQuestion, *, stage: int, month: date | None) -> list[int]:
    """The ids of the deals that left a stage, in the period or in that month."""
    found = question.deals("behind_stage", stage=stage, at_month=_place(question, month))
    return [row["deal_id"] for row in found]


def people_of_step(question: VelocityQuestion, *, step: str, month: date | None) -> list[int]:
    """The ids of the people who made a step whose days are known, in the period or that month."""
    found = question.steps("behind_pace", step=step, at_month=_place(question, month))
    return [row["person_id"] for row in found]


def _place(question: VelocityQuestion, month: date | None) -> int:
    """Where the month stands among those shown; of others nothing is counted."""
    if month is None:
        return PERIOD
    return question.months.index(month) if month in question.months else len(question.months)


def _months(found: list[PipelineRow], months: list[date]) -> list[PipelineRow]:
    """Each month shown, with what was open at its end: all that came less all that went."""
    known = {row.group: row for row in found}
    names = sorted({*known, *(str(month) for month in months)})
    rows = [known.get(name) or PipelineRow(name, name) for name in names]
    for row, open_deals in zip(rows, accumulate(row.open for row in rows), strict=True):
        row.open = open_deals
    return [row for row in rows if date.fromisoformat(row.group) in months]


def _row(found: Row) -> PipelineRow:
    row = PipelineRow(found["grp"], found["grp"], found["grp"])
    row.open, row.won, row.lost = (int(found[f"{name}_deals"]) for name in ("open", "won", "lost"))
    amount = found["won_amount"]
    row.won_amount = money_of(amount)
    row.won_priced, row.mean_cycle_days = found["won_priced"], found["mean_days"]
    return row


def stages_named(stays: list[Stay]) -> dict[str, tuple[str, str]]:
    """Key and name of these stages, by their ids as texts."""
    found = Stage._base_manager.filter(pk__in={int(stay.group) for stay in stays})
    return {str(stage.pk): (str(stage.key), stage.name) for stage in found}


def _stays(found: list[Row]) -> list[Stay]:
    return [
        Stay(
            group=str(row["grp"]),
            month=row["month"],
            count=row["counted"],
            median_days=row["median_days"],
            slow_days=row["slow_days"],
        )
        for row in found
    ]


def _name(by: str, rows: list[PipelineRow]) -> None:
    """Words for groups that are ids; ``group_key`` names one in addresses."""
    ids = [int(row.group) for row in rows if row.group and by in TEAMED]
    found = TEAMED[by]._base_manager.filter(pk__in=ids) if ids else ()
    known = {str(one.pk): one for one in found}
    for row in rows:
        if row.group in known:
            row.label, row.group_key = known[row.group].name, str(known[row.group].key)
