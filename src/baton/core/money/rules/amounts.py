from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from baton.core.money.rules.currencies import minor_units


@dataclass(frozen=True)
class Money:
    """An exact amount of one currency."""

    amount: Decimal
    currency: str


def round_to_coin(amount: Decimal, *, currency: str) -> Decimal:
    """To the smallest coin of the currency, halves away from zero as on an invoice."""
    coin = Decimal(1).scaleb(-minor_units(currency))
    return amount.quantize(coin, rounding=ROUND_HALF_UP)
