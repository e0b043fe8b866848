from datetime import date
from decimal import Decimal

from baton.core.money.models import Rate
from baton.core.money.rules import InBase, RateBook
from baton.core.money.rules.rates import PARITY, UNKNOWN, value_in_base


def in_base(amount: Decimal, *, currency: str, base: str, on: date) -> InBase:
    """The amount in the company's currency, rounded, and the day of the rate; None if unknown."""
    found = _latest_rate(currency, base=base, on=on)
    return value_in_base(amount, base=base, rate=found[1], rate_on=found[0]) if found else UNKNOWN


def rates_into(base: str) -> RateBook:
    """All rates into a currency, with one query: for imports and other long lists."""
    rates = Rate.objects.living().filter(base_currency=base).values_list("currency", "on", "rate")
    return RateBook(rates, base=base)


def currencies_of_day(on: date, *, base: str) -> list[str]:
    """Which have a rate of their own on that day."""
    rates = Rate.objects.living().filter(base_currency=base, on=on)
    return list(rates.order_by("currency").values_list("currency", flat=True))


def _latest_rate(currency: str, *, base: str, on: date) -> tuple[date, Decimal] | None:
    if currency == base:
        return on, PARITY
    rates = Rate.objects.filter(currency=currency, base_currency=base).known_on(on)
    return rates.values_list("on", "rate").first()
