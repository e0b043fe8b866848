"""What a product's name and price may be. No database, no clock."""

import re
from decimal import Decimal

from baton.records.people.rules import tidy

CURRENCY = re.compile(r"[A-Z]{3}")
MOST = Decimal(10) ** 12  # what a price's column holds


def product_key(name: str) -> str:
    """By it two spellings of one name are compared."""
    return tidy(name).casefold()


def is_currency(code: str) -> bool:
    """Three capital letters, as ISO 4217 writes them."""
    return CURRENCY.fullmatch(code) is not None


def is_price(amount: Decimal | None, currency: str) -> bool:
    """A price needs its currency, is not below zero and can be kept; no price needs nothing."""
    return amount is None or (0 <= amount < MOST and is_currency(currency))
