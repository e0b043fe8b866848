"""Decisions about customers. No database, no clock."""

from baton.sales.customers.rules.handover import Gives, Handover, Promise
from baton.sales.customers.rules.health import (
    Health,
    Level,
    Reason,
    Sign,
    Signs,
    health_of,
    read_reasons,
)
from baton.sales.customers.rules.onboarding import Whose, days_late, due_on
from baton.sales.customers.rules.renewals import MARKS, ChurnReason, mark_of

__all__ = [
    "MARKS",
    "ChurnReason",
    "Gives",
    "Handover",
    "Health",
    "Level",
    "Promise",
    "Reason",
    "Sign",
    "Signs",
    "Whose",
    "days_late",
    "due_on",
    "health_of",
    "mark_of",
    "read_reasons",
]
