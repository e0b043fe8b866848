"""The period of a campaign, and cost spread over days. No database, no clock."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class CostKind(StrEnum):
    """What money was spent on. ROAS counts ``ads`` only, CAC counts all."""

    ADS = "ads"
    PEOPLE = "people"
    TOOLS = "tools"
    AGENCIES = "agencies"
    OTHER = "other"


class State(StrEnum):
    """Where a campaign stands in its period."""

    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"


class Status(StrEnum):
    """How far a member went; never goes back."""

    REACHED = "reached"
    RESPONDED = "responded"


def state_of(*, starts_on: date | None, ends_on: date | None, on: date) -> State:
    """An open end runs on; without a start it runs until it is over."""
    if starts_on and on < starts_on:
        return State.PLANNED
    return State.OVER if ends_on and on > ends_on else State.RUNNING


def days_in(from_on: date, to_on: date) -> int:
    """Days from the first to the last, both counted; 0 when they are the wrong way round."""
    return max(0, (to_on - from_on).days + 1)


def portion(
    amount: Decimal, *, from_on: date, to_on: date, window_from: date, window_to: date
) -> Decimal:
    """What of a cost over [from_on, to_on] falls into the window, by days, in cents.

    Portions of windows that lie end to end add up to the amount: each is the difference of two
    rounded running sums, so no cent is lost or counted twice.
    """
    first, last = max(from_on, window_from), min(to_on, window_to)
    if first > last:
        return Decimal("0.00")
    total = days_in(from_on, to_on)

    def until(day_count: int) -> Decimal:
        return (amount * day_count / total).quantize(CENT, ROUND_HALF_UP)

    before = days_in(from_on, first) - 1
    return until(before + days_in(first, last)) - until(before)


def went_further(before: str | None, now: str) -> bool:
    """Whether this says more than what is known of the member."""
    order = [None, *Status]
    return order.index(Status(now)) > order.index(Status(before) if before else None)
