"""Who asks, which goal, and which days."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.insight.analytics.rules import FIRST_DAY, LAST_DAY, months_on
from baton.insight.goals.models import Goal
from baton.insight.goals.permissions import VIEW_GOALS
from baton.insight.goals.rules import Span, Unit, span_of

MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


def goal_or_404(request: HttpRequest, key: UUID, permission: Permission = VIEW_GOALS) -> Goal:
    rows = Goal.objects.visible_to(user_of(request), permission)
    return get_object_or_404(rows.select_related("team", "rep", "owner"), key=key)


def asked_span(request: HttpRequest, *, today: date) -> tuple[Unit, Span]:
    """The days that the address asks for; a quarter, today's, where it says nothing."""
    asked = request.GET.get("unit", "")
    unit = Unit(asked) if asked in set(Unit) else Unit.QUARTER
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        day = today
    is_far = not FIRST_DAY.year < day.year < LAST_DAY.year
    return unit, span_of(unit, today if is_far else day)


def beside(unit: Unit, span: Span, steps: int) -> date:
    """The first day of the period so many before or behind."""
    return months_on(span.first, MONTHS[unit] * steps)
