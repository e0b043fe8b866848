"""What state an order is in, and which news of it counts."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

BY_HAND = "by hand"  # the source of what somebody wrote down here
MOST_MONEY = Decimal("9999999999999.99")  # 15 digits: what SQLite keeps exactly
CENT = Decimal("0.01")
TITLE = 120  # characters of what was bought, in a fact


class OrderState(StrEnum):
    PAID = "paid"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class Interval(StrEnum):
    """How often a subscription is paid."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def state_of(*, amount: Decimal, refunded: Decimal, is_cancelled: bool) -> OrderState:
    """A cancelled order was no purchase, whatever of it went back."""
    if is_cancelled:
        return OrderState.CANCELLED
    if refunded <= 0:
        return OrderState.PAID
    return OrderState.REFUNDED if refunded >= amount else OrderState.PARTLY_REFUNDED


def is_older_news(told_at: datetime | None, *, known_at: datetime | None) -> bool:
    """Whether what a shop says now was true before what it said last; undated news is new."""
    return told_at is not None and known_at is not None and told_at < known_at


def money_in_cents(amount: Decimal) -> bool:
    """Whether it can be kept as it is: from 0 on, with at most two decimals."""
    return amount.is_finite() and 0 <= amount <= MOST_MONEY and amount == amount.quantize(CENT)


def title_of(names: Sequence[str]) -> str:
    """What was bought, in one line."""
    line = ", ".join(name for name in names if name)
    return line if len(line) <= TITLE else f"{line[: TITLE - 1].rstrip(', ')}…"
