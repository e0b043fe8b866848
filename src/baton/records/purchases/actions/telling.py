"""Orders and subscriptions as facts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from baton.core.access.models import User
from baton.core.facts import Fact, publish_many
from baton.records.purchases.events import (
    PurchaseMade,
    PurchaseRefunded,
    PurchaseTurned,
    SubscriptionTold,
)
from baton.records.purchases.models import Order, Refund, Subscription


def about(one: Order | Subscription, *, at: datetime, by: User | None) -> dict[str, Any]:
    """The envelope."""
    return {
        "happened_at": at,
        "person_id": one.person_id,
        "company_id": one.company_id,
        "actor_id": by.pk if by else None,
    }


def made(order: Order, *, by: User | None) -> PurchaseMade:
    return PurchaseMade(
        **about(order, at=order.placed_at, by=by),
        order_id=order.pk,
        amount=str(order.amount),
        currency=order.currency,
        title=order.title,
        source=order.source,
    )


def given_back(refund: Refund, *, by: User | None) -> PurchaseRefunded:
    return PurchaseRefunded(
        **about(refund.order, at=refund.at, by=by),
        order_id=refund.order_id,
        amount=str(refund.amount),
        currency=refund.order.currency,
        reason=refund.reason,
    )


def tell_turned(
    kind: type[PurchaseTurned], orders: Iterable[Order], *, by: User | None, at: datetime
) -> None:
    """It is no purchase any more, or one again."""
    publish_many([kind(**about(one, at=at, by=by), order_id=one.pk) for one in orders])


def tell_subscriptions(
    kind: type[SubscriptionTold],
    subscriptions: Iterable[Subscription],
    *,
    by: User | None,
    at: datetime,
) -> None:
    publish_many([told(kind, one, by=by, at=at) for one in subscriptions])


def told(kind: type[SubscriptionTold], one: Subscription, *, by: User | None, at: datetime) -> Fact:
    return kind(
        **about(one, at=at, by=by),
        subscription_id=one.pk,
        title=one.name,
        amount=str(one.amount),
        currency=one.currency,
        interval=one.interval,
    )
