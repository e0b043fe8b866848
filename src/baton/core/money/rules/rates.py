from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal
from typing import NamedTuple

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.money.rules.amounts import round_to_coin

# SQLite keeps 15 digits of a number: with 12 both databases give back what they were given.
RATE_DIGITS = Context(prec=12)
LOWEST_RATE, HIGHEST_RATE = Decimal("0.0000001"), Decimal(10_000_000)
PARITY = Decimal(1)
MOST = Decimal("9999999999999.99")  # 15 digits; beyond them SQLite could not read the row again


class BadRate(RuleViolation, ValueError):
    """No rate that two currencies have had."""


class InBase(NamedTuple):
    """An amount in the company's currency and the day of the rate used; None where unknown."""

    amount: Decimal | None
    rate_on: date | None


UNKNOWN = InBase(None, None)


class RateBook:
    """All rates into one currency, to convert many amounts after one query."""

    def __init__(self, rates: Iterable[tuple[str, date, Decimal]], *, base: str) -> None:
        self.base = base
        self._by_currency: dict[str, tuple[list[date], list[Decimal]]] = {}
        for currency, on, rate in sorted(rates):
            days, prices = self._by_currency.setdefault(currency, ([], []))
            days.append(on)
            prices.append(rate)

    def in_base(self, amount: Decimal, *, currency: str, on: date) -> InBase:
        """At the latest rate that was known on that day."""
        if currency == self.base:
            return value_in_base(amount, base=self.base, rate=PARITY, rate_on=on)
        days, prices = self._by_currency.get(currency, ([], []))
        place = bisect_right(days, on)
        if not place:
            return UNKNOWN
        return value_in_base(
            amount, base=self.base, rate=prices[place - 1], rate_on=days[place - 1]
        )


def value_in_base(amount: Decimal, *, base: str, rate: Decimal, rate_on: date) -> InBase:
    """Unknown, too, where amount and rate lead beyond what is kept: one of them is a mistake."""
    worth = round_to_coin(amount * rate, currency=base)
    return InBase(worth, rate_on) if abs(worth) <= MOST else UNKNOWN


def clean_rate(rate: Decimal) -> Decimal:
    """The rate with at most 12 significant digits; raises BadRate."""
    if not rate.is_finite() or not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise BadRate(
            gettext_noop(
                "A rate is the price of one unit in the company's currency, above 0, like 1.0825."
            )
        )
    return RATE_DIGITS.create_decimal(rate)
