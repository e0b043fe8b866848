"""What a person or a company bought, and since when they are buyers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Min, Q, Sum

from baton.core.access.models import User
from baton.records.people.models import Company, Person
from baton.records.purchases.events import PurchaseMade, SubscriptionStarted
from baton.records.purchases.models import Order, OrderQuerySet, Subscription, SubscriptionQuerySet


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


def orders_of(buyer: Person | Company, *, user: User) -> OrderQuerySet:
    """Their orders that this user may see, the latest first."""
    return Order.objects.visible_to(user).filter(_theirs(buyer)).order_by("-placed_at", "-pk")


def subscriptions_of(buyer: Person | Company, *, user: User) -> SubscriptionQuerySet:
    """Their subscriptions that this user may see, the running ones first."""
    rows = Subscription.objects.visible_to(user).filter(_theirs(buyer))
    return rows.order_by(F("cancelled_at").desc(nulls_first=True), "-started_at", "-pk")


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
    found = orders.standing().aggregate(
        count=Count("pk"),
        net=Sum("net_amount"),
        unknown=Count("pk", filter=Q(net_amount=None)),
        latest=Max("placed_at"),
    )
    return Sums(found["count"], found["net"], found["unknown"], found["latest"])


def _theirs(buyer: Person | Company) -> Q:
    return Q(person=buyer) if isinstance(buyer, Person) else Q(company=buyer)
