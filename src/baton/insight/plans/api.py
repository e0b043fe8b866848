"""Plans over the REST API: /api/v1/plans/."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from baton.core.access.doors import user_of
from baton.core.api.doors import needs
from baton.core.api.paging import Page, page_of
from baton.insight.analytics.queries import today
from baton.insight.plans.models import Plan
from baton.insight.plans.permissions import VIEW_PLANS
from baton.insight.plans.queries import checks_of, quarter_of
from baton.insight.plans.rules import Measured

router = Router(tags=["plans"])


class PlanOut(Schema):
    """``starts_on``: the quarter's first day; in force since ``valid_from``, null before both have
    signed."""

    key: UUID
    starts_on: date
    edition: int
    valid_from: datetime | None


class MeasuredOut(Schema):
    """``low`` to ``high``: in 95 of 100 cases the true figure lies within."""

    value: Decimal
    low: Decimal
    high: Decimal
    of: int


class CheckOut(Schema):
    """``usual`` of the year before, ``now`` of the quarter so far; ``is_off``: beyond luck."""

    name: str
    value: Decimal | None
    usual: MeasuredOut | None
    now: MeasuredOut | None
    is_off: bool


class WholePlanOut(PlanOut):
    """``terms`` is what is signed: targets, budget, launches, assumptions, mqls and note."""

    terms: dict[str, Any]
    assumptions: list[CheckOut]


@router.get("/", response=Page[PlanOut], operation_id="list_plans")
@needs(VIEW_PLANS)
def plans(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """All editions, in the order in which they were begun."""
    return page_of(Plan.objects.visible_to(user_of(request)), cursor=cursor, limit=limit)


@router.get("/{uuid:key}/", response=WholePlanOut, operation_id="get_plan")
@needs(VIEW_PLANS)
def plan(request: HttpRequest, key: UUID) -> Any:
    """With its assumptions beside what was measured."""
    found = get_object_or_404(Plan.objects.visible_to(user_of(request)), key=key)
    checks = checks_of(found.said().assumptions, quarter=quarter_of(found.starts_on), today=today())
    named = ("key", "starts_on", "edition", "valid_from", "terms")
    return {
        **{name: getattr(found, name) for name in named},
        "assumptions": [
            {
                "name": one.name,
                "value": one.value,
                "usual": _measured(one.usual),
                "now": _measured(one.now),
                "is_off": one.is_off,
            }
            for one in checks
        ],
    }


def _measured(found: Measured | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {name: getattr(found, name) for name in ("value", "low", "high", "of")}
