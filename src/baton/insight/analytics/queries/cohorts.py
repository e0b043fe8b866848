"""Cohorts of leads by month or week, and how many of each reached a step within how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baton.core.access.models import User
from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.rules import STEPS, CohortRow, Span

COHORT_STEPS = STEPS[1:]
NARROWED_BY = ("source", "campaign", "origin")
# figure -> what is true of its people
COHORT_FIGURES: Mapping[str, str] = {
    "leads": "1 = 1",
    "within": "span <= :within",
    "reached": "has_arrived",
    "open": "is_open",
}


@dataclass(frozen=True, kw_only=True)
class CohortQuestion:
    """Leads who came in the period, by month or week; ``by`` and ``group`` narrow them to a source,
    a campaign or an origin (``group`` None: all of them)."""

    step: str = "mql"
    span: Span = Span.MONTH
    by: str = "source"
    group: str | None = None
    from_on: date | None = None
    to_on: date | None = None
    user: User | None = None

    def answers(self, name: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of that file, from the lake."""
        asked = Question(
            by=self.by, from_on=self.from_on, to_on=self.to_on, user=self.user, from_lake=True
        )
        terms = asked.terms()
        if figure := values.pop("figure", ""):
            terms["fragments"]["figure"] = figure
        values |= {
            "unit": str(self.span),
            "unit_days": self.span.days,
            "step": self.step,
            "is_whole": int(self.group is None),
            "grp": self.group or "",
        }
        return asked.asked(name, values=asked.period() | values, **terms)


@dataclass(frozen=True)
class Cohorts:
    """Rows, the oldest first."""

    question: CohortQuestion
    rows: list[CohortRow] = field(default_factory=list)

    @property
    def leads(self) -> int:
        return sum(row.leads for row in self.rows)

    @property
    def reached(self) -> int:
        return sum(row.reached for row in self.rows)

    @property
    def open(self) -> int:
        return sum(row.open for row in self.rows)


def cohorts(question: CohortQuestion) -> Cohorts:
    """Who came when, and how far they got: one read of the lake."""
    rows: dict[date, CohortRow] = {}
    for found in question.answers("cohorts"):
        row = rows.setdefault(found["began_on"], CohortRow(found["began_on"]))
        people = found["people"]
        row.leads += people
        row.reached += people * found["has_arrived"]
        row.open += people * found["is_open"]
        if found["span"] is not None:
            row.by_span[found["span"]] = row.by_span.get(found["span"], 0) + people
    return Cohorts(question, [rows[day] for day in sorted(rows)])


def people_of_cohort(
    question: CohortQuestion,
    *,
    figure: str,
    began_on: date | None = None,
    latest_on: date | None = None,
    within: int = 0,
) -> list[int]:
    """The ids of the people whom that figure counts; of all cohorts, or of those up to a day."""
    found = question.answers(
        "behind_cohort",
        figure=COHORT_FIGURES[figure],
        began_on=began_on,
        latest_on=latest_on,
        within=within,
    )
    return [row["person_id"] for row in found]
