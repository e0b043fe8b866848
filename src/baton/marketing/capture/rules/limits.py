"""How often a form may be sent, and how large it may be."""

from dataclasses import dataclass
from datetime import datetime

LARGEST_BODY = 128_000  # bytes; thirty long answers fit
CROWD = 20.0  # forms at once from one address: an office behind one router
REFILL = 10.0  # seconds until one more may come
PAGES = 120.0  # pages seen at once from one address
PAGE_REFILL = 0.5  # seconds until one more counts


@dataclass(frozen=True)
class Level:
    """A token bucket: what is left in it at a moment."""

    tokens: float
    at: datetime


def draw(
    level: Level | None, *, at: datetime, crowd: float = CROWD, refill: float = REFILL
) -> Level | None:
    """The bucket with one token taken; None when it is empty."""
    tokens = (
        crowd
        if level is None
        else level.tokens + max(0.0, (at - level.at).total_seconds()) / refill
    )
    left = min(crowd, tokens) - 1
    return Level(left, at) if left >= 0 else None
