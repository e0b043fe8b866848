"""A model's score along somebody's past: arithmetic over what they did. No database, no clock.

The figures are those of ``rules.figures``, without an object for each point that was ever given.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from baton.qualification.scoring.rules import DAY, MICRO, MOST_MOMENTS, faded, shown, within

MICROS_A_DAY = DAY // MICRO
Event = tuple[int, Sequence[int]]  # when, as rules.micros, and the places of the rules it meets


@dataclass(frozen=True, kw_only=True)
class Giving:
    """What a rule about what people do gives for one fact."""

    points: int
    half_life_days: int | None = None
    expires_days: int | None = None
    cap: int | None = None

    @property
    def lasts(self) -> int:
        return (self.expires_days or 0) * MICROS_A_DAY


@dataclass(frozen=True, kw_only=True)
class Span:
    """The time that is tried: after ``since``, until ``until`` and with it."""

    since: int
    until: int


@dataclass(frozen=True, kw_only=True)
class Past:
    """``peak`` is the highest score that a fact of the span lifted somebody to; without one it is
    the score they began with. ``passed_at``: when it lifted them over the threshold."""

    fit: int = 0
    engagement: int = 0
    start: int = 0
    peak: int = 0
    passed_at: int | None = None

    @property
    def score(self) -> int:
        return shown(self.fit + self.engagement)

    @property
    def is_empty(self) -> bool:
        """No rule has ever said anything of them."""
        return not (self.fit or self.engagement or self.start or self.peak)


@dataclass
class Running:
    """Points so far. Facts come in the order of their time."""

    givings: Sequence[Giving]
    fading: dict[int, tuple[float, int]] = field(default_factory=dict)  # value, as of
    ending: dict[int, list[int]] = field(default_factory=dict)  # when each of its points ends

    def add(self, at: int, met: Sequence[int]) -> int:
        """Points of one fact; what it gives, before caps."""
        gained = 0
        for place in met:
            giving = self.givings[place]
            gained += giving.points
            if giving.expires_days is not None:
                self.ending.setdefault(place, []).append(at + giving.lasts)
                continue
            value, as_of = self.fading.get(place, (0.0, at))
            self.fading[place] = _left(value, at - as_of, giving) + giving.points, at
        return gained

    def engagement(self, at: int) -> int:
        """The shown figure at a moment that is not before the latest fact."""
        total = 0.0
        for place in sorted({*self.fading, *self.ending}):
            giving = self.givings[place]
            total += within(self._worth(place, giving, at), giving.cap)
        return shown(total)

    def _worth(self, place: int, giving: Giving, at: int) -> float:
        ends = self.ending.get(place)
        if ends is not None:
            left = len(ends) - bisect_right(ends, at)
            return float(giving.points * min(left, MOST_MOMENTS))
        value, as_of = self.fading[place]
        return _left(value, at - as_of, giving)


def _left(value: float, micros: int, giving: Giving) -> float:
    return faded(value, days=micros / MICROS_A_DAY, half_life_days=giving.half_life_days)


def follow(
    events: Iterable[Event],
    *,
    givings: Sequence[Giving],
    fit: int,
    span: Span,
    threshold: int | None,
) -> Past:
    """What the rules would have said of somebody who did this; ``fit`` as it is today.

    Only what is done hands anybody off, as in earnest: nobody passes by the mere fading of minus
    points. ``events`` are in order of time, and none lies after the span.
    """
    running = Running(givings)
    start: int | None = None
    peak, passed_at = 0, None
    for at, met in events:
        if start is None and at > span.since:
            start = peak = shown(fit + running.engagement(span.since))
        if running.add(at, met) <= 0 or start is None:
            continue
        score = shown(fit + running.engagement(at))
        peak = max(peak, score)
        if passed_at is None and threshold is not None and start < threshold <= score:
            passed_at = at
    if start is None:
        start = peak = shown(fit + running.engagement(span.since))
    engagement = running.engagement(span.until)
    return Past(fit=fit, engagement=engagement, start=start, peak=peak, passed_at=passed_at)


def fit_of(points: Iterable[tuple[int, int | None]]) -> int:
    """The shown figure of the rules that somebody fits: points and cap of each."""
    return shown(sum(within(value, cap) for value, cap in points))
