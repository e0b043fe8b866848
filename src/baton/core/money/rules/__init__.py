"""What an amount of money is, and how people read and write it. Exact decimals throughout."""

from baton.core.money.rules.amounts import MixedCurrencies, Money, convert
from baton.core.money.rules.currencies import (
    CURRENCIES,
    UnknownCurrency,
    check_currency,
    minor_units,
)
from baton.core.money.rules.rates import BadRate, InBase, RateBook, clean_rate
from baton.core.money.rules.reading import UnreadableAmount, parse_amount, parse_money
from baton.core.money.rules.showing import format_money, format_money_short

__all__ = [
    "CURRENCIES",
    "BadRate",
    "InBase",
    "MixedCurrencies",
    "Money",
    "RateBook",
    "UnknownCurrency",
    "UnreadableAmount",
    "check_currency",
    "clean_rate",
    "convert",
    "format_money",
    "format_money_short",
    "minor_units",
    "parse_amount",
    "parse_money",
]
