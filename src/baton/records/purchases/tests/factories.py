"""Products, orders and subscriptions for tests of this module and of those above it."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from baton.records.people.tests.factories import a_person
from baton.records.purchases.actions import (
    NewLine,
    NewPurchase,
    NewSubscription,
    create_product,
    record_purchases,
    start_subscription,
)
from baton.records.purchases.models import Order, Product, Subscription

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
_numbers = count(1)


def a_product(**over: Any) -> Product:
    """A new product without a price; ``over`` as create_product takes it."""
    usual: dict[str, Any] = {"name": f"Product {next(_numbers)}", "by": None, "at": AT}
    return create_product(**{**usual, **over})


def an_order(*, by: Any = None, **over: Any) -> Order:
    """One of 90 EUR by somebody new; ``over`` as NewPurchase takes it."""
    usual: dict[str, Any] = {
        "placed_at": AT,
        "amount": Decimal(90),
        "currency": "EUR",
        "lines": [NewLine(name="Starter kit", price=Decimal(90))],
    }
    if "company" not in over:
        usual["person"] = over.get("person") or a_person()
    [recorded] = record_purchases(new=[NewPurchase(**{**usual, **over})], by=by, at=AT)
    return recorded.order


def a_subscription(*, by: Any = None, **over: Any) -> Subscription:
    """One of 20 EUR a month by somebody new; ``over`` as NewSubscription takes it."""
    usual: dict[str, Any] = {
        "name": "Energy desk",
        "interval": "month",
        "amount": Decimal(20),
        "currency": "EUR",
        "started_at": AT,
    }
    if "company" not in over:
        usual["person"] = over.get("person") or a_person()
    new = NewSubscription(**{**usual, **over})
    return start_subscription(new=new, by=by, at=AT)[0]
