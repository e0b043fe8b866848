"""What an amount of money is, and how people write it. Exact decimals throughout."""

from baton.core.money.rules.amounts import Money
from baton.core.money.rules.currencies import (
    CURRENCIES,
    SIGN_OF,
    UnknownCurrency,
    check_currency,
    minor_units,
)
from baton.core.money.rules.rates import BadRate, InBase, RateBook, clean_rate
from baton.core.money.rules.reading import UnreadableAmount, parse_amount, parse_money

__all__ = [
    "CURRENCIES",
    "SIGN_OF",
    "BadRate",
    "InBase",
    "Money",
    "RateBook",
    "UnknownCurrency",
    "UnreadableAmount",
    "check_currency",
    "clean_rate",
    "minor_units",
    "parse_amount",
    "parse_money",
]
