"""Campaigns and costs for tests of this module and of those above it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from baton.marketing.campaigns.actions import add_cost, create_campaign
from baton.marketing.campaigns.models import Campaign, Cost

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
MARCH = {"from_on": date(2026, 3, 1), "to_on": date(2026, 3, 31)}
_numbers = count(1)


def a_campaign(**over: Any) -> Campaign:
    """A new campaign; ``over`` as create_campaign takes it."""
    number = next(_numbers)
    usual: dict[str, Any] = {"name": f"Campaign {number}", "channel": "email"}
    return create_campaign(**{**usual, "by": None, "at": AT, **over})


def a_cost(**over: Any) -> Cost:
    """A cost of March; ``over`` as add_cost takes it."""
    usual: dict[str, Any] = {"kind": "ads", "amount": Decimal(3100), "currency": "EUR", **MARCH}
    return add_cost(**{**usual, "by": None, "at": AT, **over})
