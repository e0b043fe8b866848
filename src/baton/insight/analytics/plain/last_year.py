"""Last year as plain data: one shape for the command line, the API and the file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from baton.insight.analytics.queries import LastYear, proposed_terms
from baton.insight.analytics.queries.terms import ProposedTerms
from baton.insight.analytics.rules.last_year import Answered, best_and_worst

LAST_YEAR = [
    *("leads", "untouched", "untouched_share", "timed", "median_days", "nine_in_ten_days"),
    *("won", "lost", "won_share", "win_rate", "revenue", "won_per_lead"),
    *("cost_per_lead", "cost_of_untouched"),
]


def last_year_data(report: LastYear, *, by: str) -> dict[str, Any]:
    """``{"report", "by", "import", "from", "to", "unit", "undated", "rows", "totals", "waits",
    "best_source", "worst_source", "proposal", "cannot_tell"}``."""
    asked = report.question
    best, worst = best_and_worst(report.sources)
    return {
        "report": "last-year",
        "by": by,
        "import": str(asked.batch) if asked.batch else None,
        "from": asked.from_on.isoformat() if asked.from_on else None,
        "to": asked.to_on.isoformat() if asked.to_on else None,
        "unit": "hours" if report.is_hourly else "days",
        "undated": asked.undated,
        "rows": [row_of(row) for row in report.rows(by)],
        "totals": row_of(report.total) | {"key": None},
        "waits": [{"wait": row.group, "leads": row.leads} for row in report.slots],
        "best_source": best.group if best else None,
        "worst_source": worst.group if worst else None,
        "proposal": _proposal(proposed_terms(report)),
        "cannot_tell": [str(gap) for gap in report.gaps],
    }


def row_of(row: Answered) -> dict[str, Any]:
    """A group, or all; unknown is null."""
    return {
        "key": row.group_key or row.group,
        "group": row.label or row.group,
        "leads": row.leads,
        "untouched": row.untouched,
        "untouched_share": row.untouched_share,
        "timed": row.timed,
        "median_days": row.median_days,
        "nine_in_ten_days": row.slow_days,
        "won": row.won,
        "lost": row.lost,
        "won_share": row.won_share,
        "win_rate": row.win_rate,
        "revenue": _number(row.money_won),
        "won_per_lead": _number(row.won_each),
        "cost_per_lead": _number(row.cost_of_lead),
        "cost_of_untouched": _number(row.cost),
    }


def last_year_lines(report: LastYear) -> Iterator[Sequence[Any]]:
    """A head, then a line a group of each kind, and the total."""
    yield ["of", "name", *LAST_YEAR]
    for by in ("speed", "source", "rep"):
        yield from (_line(by, row_of(row)) for row in report.rows(by))
    yield _line("total", row_of(report.total))


def _line(of: str, row: dict[str, Any]) -> list[Any]:
    return [of, row["group"], *("" if row[name] is None else row[name] for name in LAST_YEAR)]


def _proposal(terms: ProposedTerms) -> dict[str, Any]:
    """The agreement's terms by their names; what cannot be proposed is null."""
    values = terms.values()
    names = ("accept_minutes", "respond_minutes", "mqls_a_month")
    goal = ("revenue_goal", "marketing_share", "average_deal")
    return {"speed": terms.band} | {name: values.get(name) for name in (*names, *goal)}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
