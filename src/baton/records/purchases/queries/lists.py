"""What people type to find an order or a subscription."""

from django.db.models import Q, QuerySet

from baton.records.purchases.models import Order, Subscription


def orders_matching(orders: QuerySet[Order], text: str) -> QuerySet[Order]:
    """By number, by what was bought, by who bought."""
    wanted = text.strip()
    named = Q(number__icontains=wanted) | Q(title__icontains=wanted)
    return orders.filter(named | _of_buyer(wanted) | Q(external_id=wanted))


def subscriptions_matching(
    subscriptions: QuerySet[Subscription], text: str
) -> QuerySet[Subscription]:
    wanted = text.strip()
    return subscriptions.filter(
        Q(name__icontains=wanted) | _of_buyer(wanted) | Q(external_id=wanted)
    )


def _of_buyer(text: str) -> Q:
    wanted = text.casefold()
    return Q(person__sort_key__contains=wanted) | Q(company__sort_key__contains=wanted)
