"""Shops, and what they sent."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from baton.records.purchases.models import Delivery, Hook


def deliveries_to_read(*, limit: int, state: str = "new") -> list[int]:
    """The oldest first."""
    rows = Delivery.objects.filter(state=state).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def hook_of(source: str) -> Hook | None:
    return Hook.objects.living().filter(source=source).first()


def with_deliveries(hooks: QuerySet[Hook]) -> QuerySet[Any]:
    """Each with when it was heard last, and how much of it is stuck."""
    return hooks.annotate(
        heard_at=Max("deliveries__received_at"),
        failed=Count("deliveries", filter=Q(deliveries__state="failed")),
        waiting=Count("deliveries", filter=Q(deliveries__state="waiting")),
    ).order_by("source")


def failed_deliveries(*, limit: int) -> QuerySet[Delivery]:
    """The latest first."""
    failed = Delivery.objects.filter(state="failed", hook__deleted_at=None).exclude(body=b"")
    return failed.select_related("hook").order_by("-pk")[:limit]
