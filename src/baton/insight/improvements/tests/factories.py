"""Improvements for tests of this module and of those above it."""

from datetime import UTC, date, datetime
from typing import Any

from baton.insight.improvements.actions import log_improvement
from baton.insight.improvements.models import Improvement

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def an_improvement(**over: Any) -> Improvement:
    """More leads from 2 March 2026 on, of four weeks; ``over`` as log_improvement takes it."""
    usual: dict[str, Any] = {
        "title": "A new form",
        "figure": "leads",
        "way": "up",
        "starts_on": date(2026, 3, 2),
        "days": 28,
    }
    return log_improvement(**{**usual, "by": None, "at": AT, **over})
