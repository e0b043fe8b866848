"""Plans for tests of this module and of those above it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from baton.core.access.actions import create_user
from baton.core.access.models import User
from baton.core.access.roles import Role
from baton.insight.plans.actions import draft_plan, sign_plan
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


def head(role: Role) -> User:
    return create_user(name=role, role=role, email=f"{role}@x.example", password="Hedda")


def both(plan: Plan) -> Plan:
    """Signed by the heads of both sides."""
    heads = head(Role.HEAD_OF_MARKETING), head(Role.HEAD_OF_SALES)
    for side, one in zip(("marketing", "sales"), heads, strict=True):
        plan = sign_plan(plan=plan, side=side, by=one, at=AT, read=plan.digest())
    return plan
