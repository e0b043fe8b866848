"""A column as a few groups of rows: what single columns are judged by, and what a model adds up.

Learned from some rows and used on others; the outcome is never looked at.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baton.qualification.scoring.rules.foresight.columns import MOST_LEVELS, Column, Kind

MOST_BINS = 10
LEAST_SHARE = 0.005  # of the rows; rarer values are "other"
LEAST_ROWS = 10
MISSING, OTHER = 0, 1
DAY = 86_400
WITHOUT_VALUES = {Kind.TEXT, Kind.ID}


@dataclass(frozen=True)
class Bins:
    """``names`` of groups 2 and up: the values of a choice; for numbers the edges between them."""

    name: str
    kind: Kind
    edges: tuple[float, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    latest: float = 0.0  # dates are counted in days back from here

    @property
    def count(self) -> int:
        if self.kind in WITHOUT_VALUES:
            return 2
        return 2 + (len(self.levels) if self.kind is Kind.CHOICE else len(self.edges) + 1)

    def group(self, value: Any) -> int:
        """0: nothing is said; 1: something rare; then the groups."""
        if value is None:
            return MISSING
        if self.kind in WITHOUT_VALUES:
            return OTHER
        if self.kind is Kind.CHOICE:
            return self.levels.get(str(value).casefold(), OTHER)
        return 2 + bisect_right(self.edges, self.figure(value))

    def figure(self, value: Any) -> float:
        """A number as it is, a moment as days back."""
        if isinstance(value, datetime):
            return (self.latest - value.timestamp()) / DAY
        return float(value)


def learn_bins(column: Column, rows: Sequence[int], *, most: int = MOST_BINS) -> Bins:
    """From these rows alone."""
    said = [value for at in rows if (value := column.values[at]) is not None]
    if column.kind is Kind.CHOICE:
        least = max(LEAST_ROWS, LEAST_SHARE * len(rows))
        counts = Counter(value.casefold() for value in said)
        usual = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:MOST_LEVELS]
        kept = [name for name, count in usual if count >= least]
        return Bins(column.name, column.kind, levels={name: 2 + at for at, name in enumerate(kept)})
    if column.kind in WITHOUT_VALUES:
        return Bins(column.name, column.kind)
    latest = 0.0
    if column.kind is Kind.DATE:
        latest = max((value.timestamp() for value in said), default=0.0)
    plain = Bins(column.name, column.kind, latest=latest)
    figures = sorted(plain.figure(value) for value in said)
    return Bins(column.name, column.kind, edges=_edges(figures, most), latest=latest)


def _edges(figures: Sequence[float], most: int) -> tuple[float, ...]:
    """Quantiles; a figure that many rows share is a group of its own."""
    if not figures:
        return ()
    found: set[float] = set()
    for part in range(1, most):
        figure = figures[len(figures) * part // most]
        if figure > figures[0]:
            found.add(figure)
    for figure, count in Counter(figures).most_common(3):
        if count > len(figures) / most:
            at = bisect_right(figures, figure)
            if at < len(figures):
                found.add(figures[at])
            if figure > figures[0]:
                found.add(figure)
    return tuple(sorted(found))
