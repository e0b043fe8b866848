"""The formulas of the reports. None means unknown, and is never 0."""

from decimal import Decimal
from typing import Any

CENT = Decimal("0.01")


def money_of(summed: Any) -> Decimal | None:
    """What a database summed, which may be a float, in whole cents; None stays unknown."""
    return None if summed is None else Decimal(str(summed)).quantize(CENT)


def ratio(part: Decimal | int | None, whole: Decimal | int | None) -> float | None:
    """``part / whole`` as a fraction; None where either is unknown or the whole is nothing."""
    if part is None or not whole:
        return None
    return float(Decimal(part) / Decimal(whole))


def cost_each(cost: Decimal | None, people: int) -> Decimal | None:
    """Cost per MQL, per customer ...; unknown cost or nobody gives None, never 0."""
    return (cost / people).quantize(CENT) if cost is not None and people else None


def win_rate(won: int, lost: int) -> float | None:
    """won / (won + lost), by close date."""
    return ratio(won, won + lost)


def sales_velocity(
    *, open_deals: int, average_won: Decimal | None, rate: float | None, mean_days: float | None
) -> Decimal | None:
    """Money a day: open deals x average won amount x win rate / mean days from opened to won."""
    if average_won is None or rate is None or not mean_days:
        return None
    money = Decimal(open_deals) * average_won * Decimal(str(rate)) / Decimal(str(mean_days))
    return money.quantize(CENT)


def plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """The sum of what is known; None while nothing is."""
    return other if one is None else one + (other or 0)


def change(now: Decimal | float | None, *, before: Decimal | float | None) -> float | None:
    """How much more there is than before, as a fraction; None where either is unknown or was 0."""
    if now is None or not before:
        return None
    return float(now) / float(before) - 1
