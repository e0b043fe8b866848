from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.money.rules.currencies import UnknownCurrency, check_currency, minor_units


class MixedCurrencies(RuleViolation, ValueError):
    """Amounts of two currencies have no sum before one is converted."""


@dataclass(frozen=True)
class Money:
    """An exact amount of one currency. Nothing rounds by itself: say ``rounded()``."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError("An amount of money is a finite number")
        if check_currency(self.currency) != self.currency:
            raise UnknownCurrency(
                gettext_noop("“%(code)s” is written in capitals: EUR, USD."), code=self.currency
            )

    def __add__(self, other: "Money") -> "Money":
        return replace(self, amount=self.amount + self._same(other).amount)

    def __sub__(self, other: "Money") -> "Money":
        return replace(self, amount=self.amount - self._same(other).amount)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return replace(self, amount=self.amount * factor)

    def __neg__(self) -> "Money":
        return replace(self, amount=-self.amount)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other).amount

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other).amount

    def rounded(self) -> "Money":
        """To the smallest coin of the currency, halves away from zero as on an invoice."""
        return replace(self, amount=round_to_coin(self.amount, currency=self.currency))

    def _same(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise MixedCurrencies(
                gettext_noop("%(one)s and %(other)s do not add up: convert one first."),
                one=self.currency,
                other=other.currency,
            )
        return other


def round_to_coin(amount: Decimal, *, currency: str) -> Decimal:
    coin = Decimal(1).scaleb(-minor_units(currency))
    return amount.quantize(coin, rounding=ROUND_HALF_UP)


def convert(money: Money, *, rate: Decimal, into: str) -> Money:
    """What it is worth in another currency, rounded; ``rate`` = price of one unit in ``into``."""
    return Money(money.amount * rate, into).rounded()
