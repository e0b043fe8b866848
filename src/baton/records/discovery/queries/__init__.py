"""Which guide fits whom, and what was answered."""

from baton.records.discovery.queries.answers import (
    AnswersShown,
    answers_before_sale,
    answers_of,
    answers_of_deal,
    seen_answers,
    tell_answers,
)
from baton.records.discovery.queries.guides import (
    DRAFTS,
    GuideRow,
    Offered,
    draft_kept,
    guide_rows,
    guides_that_fill,
    offered_to,
)

__all__ = [
    "DRAFTS",
    "AnswersShown",
    "GuideRow",
    "Offered",
    "answers_before_sale",
    "answers_of",
    "answers_of_deal",
    "draft_kept",
    "guide_rows",
    "guides_that_fill",
    "offered_to",
    "seen_answers",
    "tell_answers",
]
