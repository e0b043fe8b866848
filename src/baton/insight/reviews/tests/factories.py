"""Reviews for tests of this module and of those above it."""

from datetime import UTC, date, datetime
from typing import Any

from baton.insight.reviews.actions import add_point
from baton.insight.reviews.models import Point

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday


def a_point(**over: Any) -> Point:
    """A line of the minutes of the week of 2 March 2026; ``over`` as add_point takes it."""
    usual: dict[str, Any] = {"day": date(2026, 3, 4), "kind": "minute", "text": "Said so"}
    return add_point(**{**usual, "by": None, "at": AT, **over})
