"""What a person or a company bought lately, for their page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from baton.core.access.models import User
from baton.core.prepared import Fixed, Prepared, one_row
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Order, OrderQuerySet, Subscription, SubscriptionQuerySet
from baton.records.purchases.queries.bought import FIGURES, Sums


@dataclass(frozen=True)
class Lately:
    """The latest orders, the running subscriptions first, and what all orders came to."""

    orders: list[Order]
    subscriptions: list[Subscription]
    sums: Sums


def lately_of(buyer: Person | Company, *, user: User, limit: int) -> Lately:
    """As far as this user sees them; one order more than ``limit`` where there are more."""
    is_person = isinstance(buyer, Person)
    of: dict[str, Any] = {
        "user": user,
        "person": buyer.pk if is_person else None,
        "company": None if is_person else buyer.pk,
    }
    return Lately(
        orders=_ORDERS.rows(**of, limit=Fixed(limit + 1)),
        subscriptions=_SUBSCRIPTIONS.rows(**of, limit=Fixed(limit)),
        sums=Sums(*_SUMS.rows(**of)[0]),
    )


def _theirs(person: int | None, company: int | None) -> Q:
    return Q(person=person) if person else Q(company=company)


def _orders(user: User, person: int | None, company: int | None) -> OrderQuerySet:
    seen = Order.objects.visible_to(user).filter(_theirs(person, company))
    return seen.order_by("-placed_at", "-pk")


def _subscriptions(user: User, person: int | None, company: int | None) -> SubscriptionQuerySet:
    seen = Subscription.objects.visible_to(user).filter(_theirs(person, company))
    return seen.order_by(F("cancelled_at").desc(nulls_first=True), "-started_at", "-pk")


def _sums(user: User, person: int | None, company: int | None) -> Any:
    orders = one_row(_orders(user, person, company).standing())
    return orders.annotate(**FIGURES).values_list(*FIGURES)


_ORDERS = Prepared(lambda user, person, company, limit: _orders(user, person, company)[:limit])
_SUBSCRIPTIONS = Prepared(
    lambda user, person, company, limit: _subscriptions(user, person, company)[:limit]
)
_SUMS: Prepared[tuple[Any, ...]] = Prepared(_sums)
