"""Improvements, and what became of their figures."""

from baton.insight.improvements.queries.marks import judged_in, logged_of, marks_among
from baton.insight.improvements.queries.outcomes import (
    MOVABLE,
    Outcome,
    Side,
    outcomes_of,
    weeks_of,
)

__all__ = [
    "MOVABLE",
    "Outcome",
    "Side",
    "judged_in",
    "logged_of",
    "marks_among",
    "outcomes_of",
    "weeks_of",
]
