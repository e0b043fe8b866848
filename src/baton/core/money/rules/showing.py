from decimal import ROUND_HALF_UP, Decimal

from baton.core.money.rules.amounts import Money
from baton.core.money.rules.currencies import SIGN_OF

MINUS = "\u2212"
NO_BREAK = "\u00a0"
UNITS = ((0, ""), (3, "k"), (6, "M"), (9, "bn"))
WHOLE, TENTH, THOUSAND = Decimal(1), Decimal("0.1"), Decimal(1000)
EXACT_BELOW = TENTHS_BELOW = Decimal(100)


def format_money(money: Money) -> str:
    """As on a record: "€48,000", "€48,000.50", "CHF 1,200", "¥1,200"."""
    amount = money.rounded().amount
    shown = abs(amount)
    whole = shown == shown.to_integral_value()
    return _signed(f"{shown:,.0f}" if whole else f"{shown:,}", amount=amount, money=money)


def format_money_short(money: Money) -> str:
    """As on a card or a chart: "€12.5k", "€866k", "€1.2M"; below 1,000 whole, below 100 exact."""
    if abs(money.amount) < EXACT_BELOW:
        return format_money(money)
    return _signed(_short(abs(money.amount)), amount=money.amount, money=money)


def _short(amount: Decimal) -> str:
    rounded = [(_in_unit(amount, exponent=exponent), unit) for exponent, unit in UNITS]
    # The first that stays below a thousand after rounding: 999,950 is a million.
    shown, unit = next((pair for pair in rounded if pair[0] < THOUSAND), rounded[-1])
    return f"{shown.normalize():,f}{unit}"


def _in_unit(amount: Decimal, *, exponent: int) -> Decimal:
    scaled = amount.scaleb(-exponent)
    tenths = exponent and scaled < TENTHS_BELOW
    return scaled.quantize(TENTH if tenths else WHOLE, rounding=ROUND_HALF_UP)


def _signed(shown: str, *, amount: Decimal, money: Money) -> str:
    sign = SIGN_OF.get(money.currency, f"{money.currency}{NO_BREAK}")
    return f"{MINUS if amount < 0 else ''}{sign}{shown}"
