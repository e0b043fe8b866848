"""The only place that writes guides and what was answered."""

from baton.records.discovery.actions.answering import (
    NothingSaid,
    Said,
    answer_guide,
    edit_answers,
    trash_answers,
)
from baton.records.discovery.actions.guides import (
    GuideTaken,
    create_guide,
    edit_guide,
    move_guide,
    trash_guides,
)
from baton.records.discovery.actions.past import PastAnswers, record_answers
from baton.records.discovery.actions.tracking import DISCOVERY, GUIDE

__all__ = [
    "DISCOVERY",
    "GUIDE",
    "GuideTaken",
    "NothingSaid",
    "PastAnswers",
    "Said",
    "answer_guide",
    "create_guide",
    "edit_answers",
    "edit_guide",
    "move_guide",
    "record_answers",
    "trash_answers",
    "trash_guides",
]
