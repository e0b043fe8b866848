"""A score over time: steps, and the line through them. No database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_POINTS = 60  # of a line


@dataclass(frozen=True, kw_only=True)
class Step:
    """The score moved; ``fit`` and ``engagement`` are what it was made of then."""

    fact_id: int
    at: datetime
    former: int
    score: int
    fit: int
    engagement: int
    is_fading: bool = False

    @property
    def change(self) -> int:
        return self.score - self.former


def moments_of(since: datetime, until: datetime) -> list[datetime]:
    """Evenly, the first and the last among them; a day apart, or more where it is long."""
    days = max(1, (until - since).days)
    count = min(MOST_POINTS, days + 1)
    apart = (until - since) / max(1, count - 1)
    return [since + apart * number for number in range(count - 1)] + [until]


def line_of(steps: Sequence[Step], moments: Sequence[datetime]) -> list[int | None]:
    """The score as of each moment, ``steps`` the oldest first; None before anything is known."""
    found: list[int | None] = []
    here: int | None = None
    place = 0
    for moment in moments:
        while place < len(steps) and steps[place].at <= moment:
            here = steps[place].score
            place += 1
        found.append(here)
    return found


def place_among(at: datetime, moments: Sequence[datetime]) -> float | None:
    """Where between the labels a moment lies; None for one that lies outside."""
    first, last = moments[0], moments[-1]
    if not first <= at <= last or first == last:
        return None
    return (at - first) / (last - first) * (len(moments) - 1)


def parts_of_step(step: Step, before: Step | None) -> tuple[int, int]:
    """By how much fit and engagement moved; of the first step all of it."""
    if before is None:
        return (step.fit, step.engagement)
    return (step.fit - before.fit, step.engagement - before.engagement)


def begin_of(steps: Sequence[Step], now: datetime) -> datetime:
    """A day before the first step, so that the line rises from what was before."""
    return min(steps[0].at, now) - timedelta(days=1)
