"""Who asks, and which improvement."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.permissions import VIEW_IMPROVEMENTS
from baton.insight.reviews.models import Point
from baton.insight.reviews.rules import Kind


def improvement_or_404(
    request: HttpRequest, key: UUID, permission: Permission = VIEW_IMPROVEMENTS
) -> Improvement:
    rows = Improvement.objects.visible_to(user_of(request), permission)
    return get_object_or_404(rows.select_related("owner", "decision__review"), key=key)


def asked_decision(request: HttpRequest) -> Point | None:
    """Of the review from which somebody came; None without one."""
    try:
        key = UUID(request.GET.get("decision", ""))
    except ValueError:
        return None
    decisions = Point.objects.visible_to(user_of(request)).filter(kind=Kind.DECISION)
    return decisions.select_related("review").filter(key=key).first()
