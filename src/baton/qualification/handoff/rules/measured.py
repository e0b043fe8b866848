"""Times that were kept before, and the promise that they allow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

FEWEST = 20  # below, a share of them says nothing
SHARE = 0.8  # what is proposed was kept by so many already
# Minutes that people write into agreements.
ROUND = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 960, 1440, 2400, 4800, 10_000)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Of ``all`` that were due, ``kept`` were kept. ``rate`` is None while nothing was due."""

    kept: int
    all: int

    @property
    def rate(self) -> float | None:
        return self.kept / self.all if self.all else None

    @property
    def broken(self) -> int:
        return self.all - self.kept


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Of ``count`` values: what half of them stay within, what 80 % do, and the promise."""

    count: int
    half: int
    most: int
    proposed: int


def minutes_kept(spans: Sequence[timedelta]) -> Measured | None:
    """In whole working minutes, the promise rounded up; None of too few."""
    return _measured([ceil(span.total_seconds() / 60) for span in spans], rounded=_round)


def counts_kept(counts: Sequence[int]) -> Measured | None:
    """At which try people were reached, or after how many days; None of too few."""
    return _measured(counts, rounded=lambda number: number)


def _measured(values: Sequence[int], *, rounded: Callable[[int], int]) -> Measured | None:
    if len(values) < FEWEST:
        return None
    ordered = sorted(values)
    most = at_share(ordered, share=SHARE)
    return Measured(
        count=len(ordered),
        half=at_share(ordered, share=0.5),
        most=most,
        proposed=rounded(max(1, most)),
    )


def at_share(ordered: Sequence[int], *, share: float) -> int:
    """The least value that so many do not go over: the nearest-rank percentile."""
    return ordered[ceil(share * len(ordered)) - 1]


def _round(minutes: int) -> int:
    return next((one for one in ROUND if one >= minutes), ROUND[-1])
