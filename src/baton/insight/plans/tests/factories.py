"""Plans for tests of this module and of those above it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from baton.insight.plans.actions import draft_plan
from baton.insight.plans.models import Plan
from baton.insight.plans.rules import Budget, Launch, Terms

AT = datetime(2026, 4, 1, 9, tzinfo=UTC)


def terms(**over: Any) -> Terms:
    """Email for 900, a guide on 20 April, half of the leads become MQLs."""
    usual: dict[str, Any] = {
        "budget": (Budget(channel="email", amount=Decimal(900)),),
        "launches": (Launch(what="Guide", on=date(2026, 4, 20)),),
        "assumptions": {"lead_to_mql": Decimal("0.5")},
        "mqls": 122,
    }
    return Terms(**{**usual, **over})


def a_plan(**over: Any) -> Plan:
    """A draft for the second quarter of 2026; ``over`` as draft_plan takes it."""
    usual: dict[str, Any] = {"day": date(2026, 4, 1), "terms": terms(), "by": None, "at": AT}
    return draft_plan(**{**usual, **over})
