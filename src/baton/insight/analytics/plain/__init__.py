"""Reports as plain data: one shape for the command line and the API. Unknown is null.

A row's ``key`` is what the drill-down takes as ``group``.
"""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from baton.insight.analytics.plain.in_vain import IN_VAIN, IN_VAIN_UNKNOWN, in_vain_data
from baton.insight.analytics.plain.last_year import LAST_YEAR, last_year_data
from baton.insight.analytics.queries import (
    MODELS,
    Attribution,
    Cohorts,
    PipelineReport,
    Report,
    VelocityQuestion,
    stage_stays,
    stages_named,
    step_stays,
    velocity,
)
from baton.insight.analytics.rules import (
    NO_TOUCH,
    PAIRS,
    SPANS,
    STEPS,
    CohortRow,
    CreditRow,
    PipelineRow,
    Row,
    Stay,
    Within,
    ratio,
    whole_spans,
)

__all__ = [
    "FIGURES",
    "NESTED",
    "attribution_data",
    "closed_loop_data",
    "cohorts_data",
    "flat",
    "last_year_data",
    "nested",
    "pipeline_data",
    "reasons_of",
    "spread",
    "velocity_told",
]

WAYS = [f"{start}>{end}" for start, end in PAIRS]
# What holds a figure for each of these.
NESTED = {"conversion": WAYS, "median_days": WAYS, "inferred": STEPS[1:]}
VELOCITY = ["open", "won", "lost", "average_won", "win_rate", "mean_days", "sales_velocity"]
STANDING = ["reached", "share", "open", "open_share"]
CREDITED = [f"{name}_{model}" for name in ("revenue", "deals", "return") for model in MODELS]
STAGES = ["leads", "mqls", "sals", "sqls", "opportunities", "pipeline_created", "won", "lost"]
EACH = ["cost_per_mql", "cost_per_customer", "median_days_to_win", "throughput_per_day"]
DEALS = ["created", "open", "won", "lost", "open_amount", "won_amount", "win_rate", "close_ratio"]
PACE = ["sales_velocity", "median_cycle_days", "undated", "negative_durations"]
FIGURES = {
    "closed-loop": [*STAGES, "revenue", "cost", *EACH, *IN_VAIN],
    "pipeline": [*DEALS, *PACE],
    "attribution": [*CREDITED, "touches", "deals_touched", "cost"],
    "velocity": VELOCITY,
    "last-year": LAST_YEAR,
    "cohorts": ["leads", *(f"within {spans}" for spans in range(1, SPANS + 1)), *STANDING],
}
NEGATIVE = ["negative_durations", "negative_steps"]
LEFT_OUT = [*NEGATIVE, "deals_without_amount", "costs_without_rate", IN_VAIN_UNKNOWN]


def closed_loop_data(report: Report) -> dict[str, Any]:
    """``{"report", "by", "basis", "from", "to", "rows", "totals"}``."""
    return {
        "report": "closed-loop",
        "by": report.question.by,
        "basis": str(report.question.basis),
        "from": report.from_on.isoformat() if report.from_on else None,
        "to": report.to_on.isoformat() if report.to_on else None,
        "rows": [_closed_loop_row(row) for row in report.rows],
        "totals": _closed_loop_row(report.total) | {"key": None},
    }


def pipeline_data(report: PipelineReport) -> dict[str, Any]:
    """``{"report", "by", "rows", "totals"}``."""
    return {
        "report": "pipeline",
        "by": report.by,
        "rows": [_pipeline_row(row) for row in report.rows],
        "totals": _pipeline_row(report.total) | {"key": None},
    }


def attribution_data(report: Attribution, *, model: str) -> dict[str, Any]:
    """``{"report", "by", "model", "look_back", "from", "to", "rows", "totals"}``."""
    asked = report.question
    return {
        "report": "attribution",
        "by": asked.by,
        "model": model,
        "look_back": asked.look_back.days,
        "from": asked.from_on.isoformat() if asked.from_on else None,
        "to": asked.to_on.isoformat() if asked.to_on else None,
        "rows": [
            _credit_row(row)
            for row in sorted(report.rows, key=lambda row: -(row.credits[model].cents or 0))
        ],
        "totals": _credit_row(report.total) | {"key": None},
        "deals_without_amount": report.total.unknown_amounts,
    }


def cohorts_data(report: Cohorts, *, on: date) -> dict[str, Any]:
    """``{"report", "step", "unit", "by", "key", "from", "to", "rows", "totals"}``."""
    asked = report.question
    whole = CohortRow(date.min, report.leads, report.reached, report.open)
    ever = whole_spans(report.rows, span=asked.span, on=on)
    return {
        "report": "cohorts",
        "step": asked.step,
        "unit": str(asked.span),
        "by": asked.by,
        "key": asked.group,
        "from": asked.from_on.isoformat() if asked.from_on else None,
        "to": asked.to_on.isoformat() if asked.to_on else None,
        "rows": [_cohort_row(row, row.cells(span=asked.span, on=on)) for row in report.rows],
        "totals": _cohort_row(whole, ever) | {"group": None},
    }


def _cohort_row(row: CohortRow, cells: list[Within | None]) -> dict[str, Any]:
    """``group`` is the first day of the cohort; times that have not begun are left out."""
    return {
        "group": row.began_on.isoformat(),
        "leads": row.leads,
        "reached": row.reached,
        "share": ratio(row.reached, row.leads),
        "open": row.open,
        "open_share": ratio(row.open, row.leads),
        "within": [asdict(cell) for cell in cells if cell],
    }


def velocity_told(asked: VelocityQuestion) -> dict[str, Any]:
    """``{"report", "by", "from", "to", "rows", "totals", "months", "steps", "stages"}``."""
    report, steps, stages = velocity(asked), step_stays(asked), stage_stays(asked)
    keys = stages_named(stages)
    months = [month.isoformat() for month in asked.months]
    return {
        "report": "velocity",
        "by": asked.by,
        "from": asked.from_on.isoformat() if asked.from_on else None,
        "to": asked.to_on.isoformat() if asked.to_on else None,
        "rows": [_velocity_row(row) for row in report.rows],
        "totals": _velocity_row(report.total) | {"key": None},
        "months": [_velocity_row(row) | {"key": None} for row in report.months],
        "steps": [{"to": stay.group} | _stay(stay, months) for stay in steps],
        "stages": [
            dict(zip(("key", "stage"), keys[stay.group], strict=True)) | _stay(stay, months)
            for stay in stages
        ],
    }


def _velocity_row(row: PipelineRow) -> dict[str, Any]:
    return {
        "key": row.group_key,
        "group": row.label,
        "open": row.open,
        "won": row.won,
        "lost": row.lost,
        "average_won": _number(row.average_won),
        "win_rate": row.win_rate,
        "mean_days": row.mean_cycle_days,
        "sales_velocity": _number(row.sales_velocity),
    }


def _stay(stay: Stay, months: list[str]) -> dict[str, Any]:
    """Without a month it is of the whole period."""
    return {
        "month": None if stay.month < 0 else months[stay.month],
        "count": stay.count,
        "median_days": stay.median_days,
        "nine_in_ten_days": stay.slow_days,
    }


def flat(report: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row without anything nested: ``conversion lead>mql``, and all reasons in one text."""
    if report == "cohorts":
        row = spread(row)
    found = {name: row[name] for name in ("group", *FIGURES[report])}
    if report == "closed-loop":
        for name, parts in NESTED.items():
            found |= {f"{name} {part}": nested(row, name, part) for part in parts}
        found |= {name: row[name] for name in LEFT_OUT}
        found["reasons"] = reasons_of(row)
    return found


def spread(row: dict[str, Any]) -> dict[str, Any]:
    """A cohort with a share for each time, empty where it has not begun."""
    shares = {f"within {cell['spans']}": cell["share"] for cell in row["within"]}
    return row | {f"within {n}": shares.get(f"within {n}", "") for n in range(1, SPANS + 1)}


def nested(row: dict[str, Any], name: str, part: str) -> Any:
    """A figure within a figure; of whom nobody counted, nobody is inferred."""
    return row[name].get(part, 0 if name == "inferred" else None)


def reasons_of(row: dict[str, Any]) -> str:
    """What sales said and how often, most often first."""
    return "; ".join(f"{one['reason']} ({one['kind']}) {one['count']}" for one in row["reasons"])


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _closed_loop_row(row: Row) -> dict[str, Any]:
    return {
        "key": row.group_key,
        "group": row.label,
        "leads": row.reached("lead"),
        "mqls": row.reached("mql"),
        "sals": row.reached("sal"),
        "sqls": row.reached("sql"),
        "opportunities": row.reached("opportunity"),
        "pipeline_created": _number(row.pipeline_created),
        "won": row.won,
        "lost": row.lost,
        "revenue": _number(row.revenue),
        "cost": _number(row.cost),
        "cost_per_mql": _number(row.cost_per_mql),
        "cost_per_customer": _number(row.cost_per_customer),
        "median_days_to_win": row.median_days_to_win,
        "throughput_per_day": row.throughput_per_day,
        "conversion": row.conversion,
        "median_days": row.median_days,
        "inferred": row.inferred,
        "negative_durations": row.negative_durations,
        "negative_steps": row.negative_steps,
        "deals_opened": row.deals_opened,
        "deals_won": row.deals_won,
        "deals_without_amount": row.unknown_amounts,
        "purchases": row.purchases,
        "purchases_without_rate": row.unknown_purchases,
        "costs_without_rate": row.unknown_costs,
        "reasons": [asdict(reason) for reason in row.reasons],
    } | in_vain_data(row)


def _credit_row(row: CreditRow) -> dict[str, Any]:
    """``revenue_first``, ``deals_linear`` ...: a figure for each model."""
    found: dict[str, Any] = {
        "key": row.group_key,
        "group": "no known touch" if row.group == NO_TOUCH else row.label,
        "touches": row.touches,
        "deals_touched": row.deals_touched,
        "cost": _number(row.cost),
        "costs_without_rate": row.unknown_costs,
    }
    for model, credit in row.credits.items():
        found[f"revenue_{model}"] = _number(credit.revenue)
        found[f"deals_{model}"] = _number(credit.deals)
        found[f"return_{model}"] = row.return_on_cost(model)
    return found


def _pipeline_row(row: PipelineRow) -> dict[str, Any]:
    return {
        "key": row.group_key,
        "group": row.label,
        "created": row.created,
        "open": row.open,
        "won": row.won,
        "lost": row.lost,
        "open_amount": _number(row.open_amount),
        "won_amount": _number(row.won_amount),
        "win_rate": row.win_rate,
        "close_ratio": row.close_ratio,
        "sales_velocity": _number(row.sales_velocity),
        "median_cycle_days": row.median_cycle_days,
        "undated": row.undated,
        "negative_durations": row.negative,
    }
