"""Points that fade by half-life, end after some days, or stay. No database, no clock."""

import math
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from baton.qualification.scoring.rules.falling import HORIZON, Curve, first_below, left

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MICRO = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_MOMENTS = 1000  # kept of a rule that ends and has no cap
HALF = 0.5
LARGEST = 30_000  # a shown figure fits a small integer, whatever the rules add up to


class Kind(StrEnum):
    FIT = "fit"  # who somebody is
    ENGAGEMENT = "engagement"  # what they do


class Part(NamedTuple):
    """``value`` points as of a moment, halving every half-life; ``cap`` limits what they count.

    With ``expires_days`` each of the ``moments`` gives ``points`` until so many days have passed.
    """

    value: float
    as_of: datetime
    half_life_days: int | None = None  # None: does not fade
    cap: int | None = None
    expires_days: int | None = None
    moments: tuple[int, ...] = ()  # in order, as micros()
    points: int = 0

    def ends(self) -> Iterator[datetime]:
        """When each of the moments stops to count, the first to go first."""
        passed = timedelta(days=self.expires_days or 0)
        return (moment_of(micro) + passed for micro in self.moments)


def micros(at: datetime) -> int:
    """A moment as a whole number that JSON carries."""
    return (at - EPOCH) // MICRO


def moment_of(micro: int) -> datetime:
    return EPOCH + micro * MICRO


class Figures(NamedTuple):
    """What screens show, in whole points. The score is the sum of the two, so sums are visible."""

    fit: int
    engagement: int

    @property
    def score(self) -> int:
        return shown(self.fit + self.engagement)


def faded(value: float, *, days: float, half_life_days: int | None) -> float:
    """``value * 0.5 ** (days / half_life)``; nothing fades backwards in time."""
    if half_life_days is None or days <= 0:
        return value
    return float(value * 0.5 ** (days / half_life_days))


def within(value: float, cap: int | None) -> float:
    """What a cap lets count, on either side of zero."""
    return value if cap is None else max(-cap, min(cap, value))


def worth(part: Part, *, at: datetime) -> float:
    """What a part counts at a moment: faded, then within its cap."""
    if part.expires_days is not None:
        return within(float(part.points * sum(end > at for end in part.ends())), part.cap)
    days = (at - part.as_of) / DAY
    return within(faded(part.value, days=days, half_life_days=part.half_life_days), part.cap)


def add_points(part: Part, *, points: float, at: datetime) -> Part:
    """The part with points of an event at ``at``, in or out of order: both fade to the later time.

    The cap is no part of this: what is stored stays the sum, so that the order never matters.
    """
    later, half_life = max(part.as_of, at), part.half_life_days
    had = faded(part.value, days=(later - part.as_of) / DAY, half_life_days=half_life)
    more = faded(points, days=(later - at) / DAY, half_life_days=half_life)
    return part._replace(value=had + more, as_of=later)


def shown(value: float) -> int:
    """Rounded half up to a whole point."""
    whole = math.floor(value + 0.5)
    return whole if -LARGEST <= whole <= LARGEST else max(-LARGEST, min(LARGEST, whole))


def figures(*, fit: Iterable[Part], engagement: Iterable[Part], at: datetime) -> Figures:
    """The shown figures at a moment."""
    return Figures(
        fit=shown(sum(worth(part, at=at) for part in fit)),
        engagement=shown(sum(worth(part, at=at) for part in engagement)),
    )


def next_move(parts: Iterable[Part], *, at: datetime) -> datetime | None:
    """When fading may move the rounded sum next; None: not within ten years.

    Never too late. Where points and minus points fade against each other it may be too early: one
    looks again then, an hour later at the soonest.
    """
    falling: list[Curve] = []
    rising: list[Curve] = []
    ends: list[datetime | None] = []
    total = 0.0
    for part in parts:
        if part.expires_days is not None:
            ends.append(_first_end(part, at=at))
        if part.half_life_days is not None:
            total += worth(part, at=at)
            if part.value:
                (falling if part.value > 0 else rising).append(_curve(part, at=at))
    down, up = total - (shown(total) - 0.5), shown(total) + 0.5 - total
    moments = (_used_up(down, falling, at=at), _used_up(up, rising, at=at), *ends)
    return min((moment for moment in moments if moment), default=None)


def _first_end(part: Part, *, at: datetime) -> datetime | None:
    return next((end for end in part.ends() if end > at), None)


def _curve(part: Part, *, at: datetime) -> Curve:
    return Curve(
        abs(part.value),
        (at - part.as_of) / DAY,
        part.half_life_days or 1,
        math.inf if part.cap is None else part.cap,
    )


def _used_up(distance: float, curves: list[Curve], *, at: datetime) -> datetime | None:
    """When these points, all of one sign, will have faded by ``distance``."""
    if not curves:
        return None
    days = first_below(curves, left(curves, 0) - distance)
    return None if days is None else at + max(HOUR, timedelta(days=days))


def matches(match: Mapping[str, Any], *, payload: Mapping[str, Any]) -> bool:
    """Whether the payload has all of these values; in a list, one equal member is enough."""
    return all(_holds(payload.get(name), wanted) for name, wanted in match.items())


def _holds(value: Any, wanted: Any) -> bool:
    if value.__class__ is wanted.__class__ is str:
        return bool(value == wanted or value.casefold() == wanted.casefold())
    if isinstance(value, list):
        return any(_holds(one, wanted) for one in value)
    if value is None or wanted is None:
        return value is wanted
    return _typed(value) == _typed(wanted)


def _typed(value: Any) -> str:
    """As it is written in a form of a rule: 30 and "30", true and "True" are the same."""
    return str(value).casefold()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What one engagement rule gives one person so far."""

    part: Part
    count: int = 0  # facts behind it
    latest_fact_id: int | None = None

    def with_fact(self, *, fact_id: int, points: float, at: datetime) -> "Tally":
        """With one more fact; the latest is the one that happened last, not the one heard last."""
        is_latest = self.count == 0 or at >= self.part.as_of
        part = add_points(self.part, points=points, at=at)
        if part.expires_days is not None:
            part = part._replace(moments=_with_moment(part, micros(at)))
        return Tally(
            part=part,
            count=self.count + 1,
            latest_fact_id=fact_id if is_latest else self.latest_fact_id,
        )


def _with_moment(part: Part, micro: int) -> tuple[int, ...]:
    """Of more facts than the cap lets count only the latest: the earlier ones end before them."""
    moments = list(part.moments)
    insort(moments, micro)
    most = math.ceil(part.cap / abs(part.points)) if part.cap and part.points else MOST_MOMENTS
    return tuple(moments[-min(most, MOST_MOMENTS) :])


def gone_at(part: Part, *, at: datetime) -> datetime | None:
    """When less than half a point will be left of it; None: never, or it is gone already."""
    if part.expires_days is not None:
        return max((end for end in part.ends() if end > at), default=None)
    if part.half_life_days is None or abs(part.value) <= HALF:
        return None
    days = part.half_life_days * math.log2(abs(part.value) / HALF)
    end = part.as_of + timedelta(days=min(days, HORIZON))
    return end if end > at else None


def gained(*, points: int, count: int, cap: int | None) -> int:
    """What a rule's facts were worth when they happened, within the cap: what an explanation says.

    What has faded since stands there as one line of its own, so that the points add up.
    """
    return shown(within(points * count, cap))


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Engagement and fit side by side, in percent of one bar that is 100 points wide or more."""

    score: int
    engagement: int
    fit: int
    threshold: int  # 0: no tick
    engagement_width: str
    fit_width: str
    tick: str


def bar_of(*, engagement: int, fit: int, score: int, threshold: int = 0) -> Bar:
    """The shares to draw; what is below 0 takes no room."""
    widest = max(100, score, threshold, max(0, engagement) + max(0, fit))
    return Bar(
        score=score,
        engagement=engagement,
        fit=fit,
        threshold=threshold,
        engagement_width=f"{max(0, engagement) * 100 / widest:.2f}",
        fit_width=f"{max(0, fit) * 100 / widest:.2f}",
        tick=f"{min(99.4, threshold * 100 / widest):.2f}",
    )
