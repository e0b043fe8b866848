"""What products, orders and subscriptions may be. No database, no clock."""

from baton.records.purchases.rules.orders import (
    BY_HAND,
    MOST_MONEY,
    Interval,
    OrderState,
    is_older_news,
    money_in_cents,
    state_of,
    title_of,
)
from baton.records.purchases.rules.products import MOST, is_currency, is_price, product_key
from baton.records.purchases.rules.shops import read_delivery
from baton.records.purchases.rules.signatures import (
    BadSignature,
    HookKind,
    Knock,
    check_delivery,
)
from baton.records.purchases.rules.told import BadPayload, NothingToKeep

__all__ = [
    "BY_HAND",
    "MOST",
    "MOST_MONEY",
    "BadPayload",
    "BadSignature",
    "HookKind",
    "Interval",
    "Knock",
    "NothingToKeep",
    "OrderState",
    "check_delivery",
    "is_currency",
    "is_older_news",
    "is_price",
    "money_in_cents",
    "product_key",
    "read_delivery",
    "state_of",
    "title_of",
]
