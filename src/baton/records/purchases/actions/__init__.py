"""The only place that writes products, orders and subscriptions."""

from baton.records.purchases.actions.by_hand import (
    cancel_purchase,
    refund_purchase,
    trash_purchases,
)
from baton.records.purchases.actions.forgetting import forget_purchases, forget_subscriptions
from baton.records.purchases.actions.hooks import (
    BadHook,
    HookTaken,
    change_secret,
    create_hook,
    forget_bodies,
    process_delivery,
    receive,
    trash_hook,
    try_again,
)
from baton.records.purchases.actions.news import (
    NewLine,
    NewPurchase,
    NewRefund,
    check_purchase,
    check_sold,
)
from baton.records.purchases.actions.products import (
    PRODUCT,
    BadProduct,
    ProductTaken,
    create_product,
    edit_product,
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
    check_terms,
    record_subscriptions,
)
from baton.records.purchases.actions.subscriptions import (
    cancel_subscription,
    renew_subscription,
    start_subscription,
    trash_subscriptions,
)
from baton.records.purchases.actions.tracking import HOOK, ORDER, REFUND, SUBSCRIPTION
from baton.records.purchases.actions.worth import value_orders

__all__ = [
    "HOOK",
    "ORDER",
    "PRODUCT",
    "REFUND",
    "SUBSCRIPTION",
    "BadHook",
    "BadProduct",
    "BadPurchase",
    "BadRefund",
    "CancelledAlready",
    "EndedAlready",
    "HookTaken",
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
    "change_secret",
    "check_purchase",
    "check_sold",
    "check_subscription",
    "check_terms",
    "create_hook",
    "create_product",
    "edit_product",
    "forget_bodies",
    "forget_purchases",
    "forget_subscriptions",
    "process_delivery",
    "receive",
    "record_purchases",
    "record_subscriptions",
    "refund_purchase",
    "renew_subscription",
    "start_subscription",
    "trash_hook",
    "trash_products",
    "trash_purchases",
    "trash_subscriptions",
    "try_again",
    "value_orders",
]
