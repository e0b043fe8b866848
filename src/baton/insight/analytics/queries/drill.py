"""Every number opens the people behind it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models.expressions import RawSQL

from baton.insight.analytics.queries.asking import Question
from baton.insight.analytics.queries.ids import among
from baton.insight.analytics.queries.running import run, subquery
from baton.insight.analytics.queries.unanswered import let_down
from baton.insight.analytics.rules import MOVED_ON

STEPS = {
    "leads": "lead",
    "mqls": "mql",
    "sals": "sal",
    "sqls": "sql",
    "opportunities": "opportunity",
    "won": "customer",
    "moved_on": MOVED_ON,
}
DEALS = {"pipeline_created", "revenue", "lost"}
REASONS, UNANSWERED = "reasons", "unanswered"
COLUMNS = (*STEPS, *sorted(DEALS), REASONS, UNANSWERED)


class Kind(StrEnum):
    """Who said no, and when: on a handoff, or on a deal."""

    HANDOFF = "handoff"
    DEAL = "deal"


class Only(StrEnum):
    """Some of those who reached a step."""

    INFERRED = "inferred"  # no fact says so
    STAYED = "stayed"  # they did not reach the next one
    WENT_ON = "went_on"  # they did
    TIMED = "timed"  # the days since the step before are known


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One figure of the report; ``group`` None is that of the total's row.

    ``only`` narrows a step, ``kind`` and ``reason`` the column of reasons; empty, they do not.
    """

    column: str
    group: str | None = None
    only: str = ""
    kind: str = ""
    reason: str = ""


def people_in(question: Question, cell: Cell) -> RawSQL:
    """Ids of the people whom that figure counts, to filter by: they need not be fetched."""
    return subquery(**_asked(question, cell))


def people_behind(question: Question, cell: Cell) -> RawSQL:
    """The same, found once, for who asks more than one thing of them: a list counts and shows."""
    return among(row["person_id"] for row in run(**_asked(question, cell)))


def orders_in(question: Question, group: str | None) -> RawSQL:
    """Ids of the purchases that are counted in a group, or (None) in all."""
    values = question.period() | {"is_whole": int(group is None), "grp": group or ""}
    return subquery("behind_order", values=values, **question.terms())


def _asked(question: Question, cell: Cell) -> dict[str, Any]:
    """The file that answers, and what it is asked."""
    terms = question.terms()
    values = question.period() | {"is_whole": int(cell.group is None), "grp": cell.group or ""}
    if cell.column in STEPS:
        name = "behind_step"
        values |= {"step": STEPS[cell.column], "only": cell.only}
    elif cell.column in DEALS:
        name = "behind_deal"
        terms["fragments"] |= {"figure": f"theirs.{cell.column}"}
    elif cell.column == UNANSWERED:
        name, terms = "behind_unanswered", let_down(question)
    else:
        name = "behind_reason"
        values |= {"kind": cell.kind, "reason": cell.reason}
    return {"name": name, "values": values, **terms}
