"""The plan after the win: whose step is due on which working day."""

from datetime import date, timedelta
from enum import StrEnum

from baton.core.worktime.rules import BusinessHours

DAY = timedelta(days=1)
LOOKED_AHEAD = 2000  # days: who never works has their step due that far away


class Whose(StrEnum):
    """Who does a step."""

    OWNER = "owner"
    SELLER = "seller"
    CUSTOMER = "customer"


def due_on(begun: date, *, days: int, hours: BusinessHours) -> date:
    """So many working days after ``begun``, which is not counted; 0: the day itself."""
    day, left = begun, days
    for _ in range(LOOKED_AHEAD):
        if left <= 0:
            break
        day += DAY
        left -= bool(hours.stretches_of(day))
    return day


def days_late(due: date, *, today: date) -> int:
    """0: not late."""
    return max(0, (today - due).days)
