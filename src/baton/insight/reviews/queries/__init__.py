"""The agenda of a week, what stands behind its figures, and what was promised."""

from baton.insight.reviews.queries.agenda import (
    agenda_of,
    section_of,
    seen_of,
    titles,
    whole_agenda,
)
from baton.insight.reviews.queries.behind import ASKS_BY, NARROWED, WHATS, Behind, behind
from baton.insight.reviews.queries.promised import (
    latest_reviews,
    points_of,
    promised_before,
    review_of,
)
from baton.insight.reviews.queries.week import Week, week_of

__all__ = [
    "ASKS_BY",
    "NARROWED",
    "WHATS",
    "Behind",
    "Week",
    "agenda_of",
    "behind",
    "latest_reviews",
    "points_of",
    "promised_before",
    "review_of",
    "section_of",
    "seen_of",
    "titles",
    "week_of",
    "whole_agenda",
]
