"""The only place that writes products, orders and subscriptions."""

from baton.records.purchases.actions.by_hand import (
    cancel_purchase,
    refund_purchase,
    trash_purchases,
)
from baton.records.purchases.actions.news import (
    NewLine,
    NewPurchase,
    NewRefund,
    check_purchase,
)
from baton.records.purchases.actions.products import (
    PRODUCT,
    BadProduct,
    ProductTaken,
    create_product,
    edit_product,
    ensure_products,
    trash_products,
)
from baton.records.purchases.actions.recording import Recorded, add_purchase, record_purchases
from baton.records.purchases.actions.refusals import (
    BadPurchase,
    BadRefund,
    CancelledAlready,
    EndedAlready,
)
from baton.records.purchases.actions.subscribing import (
    NewSubscription,
    Subscribed,
    check_subscription,
    record_subscriptions,
)
from baton.records.purchases.actions.subscriptions import (
    cancel_subscription,
    renew_subscription,
    start_subscription,
    trash_subscriptions,
)
from baton.records.purchases.actions.tracking import ORDER, REFUND, SUBSCRIPTION
from baton.records.purchases.actions.worth import value_orders

__all__ = [
    "ORDER",
    "PRODUCT",
    "REFUND",
    "SUBSCRIPTION",
    "BadProduct",
    "BadPurchase",
    "BadRefund",
    "CancelledAlready",
    "EndedAlready",
    "NewLine",
    "NewPurchase",
    "NewRefund",
    "NewSubscription",
    "ProductTaken",
    "Recorded",
    "Subscribed",
    "add_purchase",
    "cancel_purchase",
    "cancel_subscription",
    "check_purchase",
    "check_subscription",
    "create_product",
    "edit_product",
    "ensure_products",
    "record_purchases",
    "record_subscriptions",
    "refund_purchase",
    "renew_subscription",
    "start_subscription",
    "trash_products",
    "trash_purchases",
    "trash_subscriptions",
    "value_orders",
]
