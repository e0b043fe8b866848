"""How much is due by today, and how that stands."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

CLOSE = Decimal("0.9")  # of what is due: a day's luck, no reason to act


class State(StrEnum):
    REACHED = "reached"
    ON_PACE = "on_pace"
    CLOSE = "close"
    BEHIND = "behind"
    MISSED = "missed"
    COMING = "coming"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Pace:
    """``due``: what should be there by now, of ``target``; for what does not add up, the target."""

    target: Decimal
    due: Decimal
    days_done: int
    days_all: int


def pace_of(target: Decimal, *, days_done: int, days_all: int, adds_up: bool) -> Pace:
    """By working days: each is owed the same. A rate, a cost or a time is owed in full each day."""
    is_part = adds_up and days_all > 0
    due = target * days_done / days_all if is_part else target
    return Pace(target=target, due=due, days_done=days_done, days_all=days_all)


def state_of(
    value: Decimal | None, *, pace: Pace, is_over: bool, less_is_better: bool, adds_up: bool
) -> State:
    """``is_over``: the period has ended. Reached before its end is what adds up alone."""
    if value is None:
        return State.UNKNOWN
    if not pace.days_done and not is_over and adds_up and not value:
        return State.COMING
    is_there = value <= pace.target if less_is_better else value >= pace.target
    if is_there and (is_over or (adds_up and not less_is_better)):
        return State.REACHED
    if is_over:
        return State.MISSED
    return _underway(value, pace.due, less_is_better=less_is_better)


def _underway(value: Decimal, due: Decimal, *, less_is_better: bool) -> State:
    if less_is_better:
        if value <= due:
            return State.ON_PACE
        return State.CLOSE if value * CLOSE <= due else State.BEHIND
    if value >= due:
        return State.ON_PACE
    return State.CLOSE if value >= due * CLOSE else State.BEHIND
