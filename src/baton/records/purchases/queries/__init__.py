"""What is read of products, orders and subscriptions."""

from baton.records.purchases.queries.bought import (
    Bought,
    Sums,
    first_purchases,
    sums_of,
)
from baton.records.purchases.queries.hooks import (
    deliveries_to_read,
    failed_deliveries,
    hook_of,
    with_deliveries,
)
from baton.records.purchases.queries.lately import lately_of
from baton.records.purchases.queries.lists import orders_matching, subscriptions_matching
from baton.records.purchases.queries.products import (
    products_by_names,
    products_matching,
    products_named,
    products_sold,
)
from baton.records.purchases.queries.shops import (
    orders_called,
    shop_names,
    subscriptions_called,
)

__all__ = [
    "Bought",
    "Sums",
    "deliveries_to_read",
    "failed_deliveries",
    "first_purchases",
    "hook_of",
    "lately_of",
    "orders_called",
    "orders_matching",
    "products_by_names",
    "products_matching",
    "products_named",
    "products_sold",
    "shop_names",
    "subscriptions_called",
    "subscriptions_matching",
    "sums_of",
    "with_deliveries",
]
