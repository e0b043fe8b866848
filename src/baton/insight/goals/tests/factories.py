"""Goals for tests of this module and of those above it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from baton.insight.goals.actions import set_goal
from baton.insight.goals.models import Goal

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def a_goal(**over: Any) -> Goal:
    """A hundred leads in March 2026, of the company; ``over`` as set_goal takes it."""
    usual: dict[str, Any] = {
        "figure": "leads",
        "unit": "month",
        "day": date(2026, 3, 2),
        "target": Decimal(100),
    }
    return set_goal(**{**usual, "by": None, "at": AT, **over})
