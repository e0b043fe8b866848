"""What a product's name and price may be. No database, no clock."""

import re
from decimal import Decimal

from baton.records.people.rules import tidy

CURRENCY = re.compile(r"[A-Z]{3}")


def product_key(name: str) -> str:
    """By it two spellings of one name are compared."""
    return tidy(name).casefold()


def is_currency(code: str) -> bool:
    """Three capital letters, as ISO 4217 writes them."""
    return CURRENCY.fullmatch(code) is not None


def is_price(amount: Decimal | None, currency: str) -> bool:
    """A price needs its currency, and is not below zero; no price needs nothing."""
    return amount is None or (amount >= 0 and is_currency(currency))
