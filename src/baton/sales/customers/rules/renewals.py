"""When a contract ends: who is reminded, how often, and why some do not go on."""

from datetime import date
from enum import StrEnum

MARKS = (90, 60, 30)  # days before the end


class ChurnReason(StrEnum):
    """Why they did not go on."""

    PRICE = "price"
    NO_USE = "no_use"
    MISSING = "missing"
    SERVICE = "service"
    COMPETITOR = "competitor"
    CLOSED = "closed"
    OTHER = "other"


def mark_of(ends_on: date, *, today: date) -> int | None:
    """The mark that is reached, the nearest to the end; None: it is far off."""
    left = (ends_on - today).days
    return min((mark for mark in MARKS if left <= mark), default=None)
