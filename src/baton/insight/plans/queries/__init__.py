"""Plans, what is measured beside them, and which assumptions are off."""

from baton.insight.plans.queries.capacity import Capacity, capacity_of
from baton.insight.plans.queries.measuring import Check, checks_of
from baton.insight.plans.queries.standing import (
    BudgetLine,
    LaunchLine,
    TargetLine,
    budget_of,
    launches_of,
    plan_in_force,
    quarter_of,
    targets_from_goals,
    targets_of,
)

__all__ = [
    "BudgetLine",
    "Capacity",
    "Check",
    "LaunchLine",
    "TargetLine",
    "budget_of",
    "capacity_of",
    "checks_of",
    "launches_of",
    "plan_in_force",
    "quarter_of",
    "targets_from_goals",
    "targets_of",
]
