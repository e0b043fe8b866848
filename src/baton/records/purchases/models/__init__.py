"""Products, what was bought of them, and what is paid again and again."""

from baton.records.purchases.models.hooks import Delivery, Hook
from baton.records.purchases.models.orders import Order, OrderLine, OrderQuerySet, Refund
from baton.records.purchases.models.products import Product, ProductQuerySet
from baton.records.purchases.models.subscriptions import Subscription, SubscriptionQuerySet

__all__ = [
    "Delivery",
    "Hook",
    "Order",
    "OrderLine",
    "OrderQuerySet",
    "Product",
    "ProductQuerySet",
    "Refund",
    "Subscription",
    "SubscriptionQuerySet",
]
