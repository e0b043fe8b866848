"""What a person or a company bought, and since when they are buyers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from baton.records.purchases.events import PurchaseMade, SubscriptionStarted
from baton.records.purchases.models import Order, OrderQuerySet, Subscription


@dataclass(frozen=True)
class Bought:
    """When somebody bought first, and the name of the fact that says so."""

    at: datetime
    cause: str


def first_purchases(person_ids: Collection[int]) -> dict[int, Bought]:
    """By person their earliest purchase that still stands; who has none is left out."""
    found: dict[int, Bought] = {}
    orders = Order.objects.standing().filter(person__in=person_ids)
    started = Subscription.objects.living().filter(person__in=person_ids)
    for rows, field, cause in (
        (orders, "placed_at", PurchaseMade.name),
        (started, "started_at", SubscriptionStarted.name),
    ):
        firsts = rows.order_by().values_list("person_id").annotate(first=Min(field))
        for person_id, first in firsts:
            if person_id not in found or first < found[person_id].at:
                found[person_id] = Bought(first, cause)
    return found


@dataclass(frozen=True)
class Sums:
    """Of orders that stand: how many, what they came to less refunds in the company's currency
    (None: of none it is known), of how many it is unknown, and the latest."""

    count: int
    net: Decimal | None
    unknown: int
    latest_at: datetime | None


def sums_of(orders: OrderQuerySet) -> Sums:
    """With one query."""
    return Sums(**orders.standing().aggregate(**FIGURES))


FIGURES: dict[str, Any] = {
    "count": Count("pk"),
    "net": Sum("net_amount"),
    "unknown": Count("pk", filter=Q(net_amount=None)),
    "latest_at": Max("placed_at"),
}
