"""Columns as figures, as learned from some rows. Brings numpy.

What a value of a wide choice (thousands of places, of agents) is worth is learned from the outcome
of the rows that teach: for those rows themselves out of fold, so that no row knows its own end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from scipy import sparse

from baton.qualification.scoring.rules.foresight.bins import (
    DAY,
    MISSING,
    WITHOUT_VALUES,
    Bins,
)
from baton.qualification.scoring.rules.foresight.columns import MOST_LEVELS, Column, Kind

MOST_BINS = 10
LEAST_SHARE = 0.005  # of the rows; rarer values are "other"
LEAST_ROWS = 10
OFTEN = 3  # figures at most that are groups of their own
FOLDS = 5
DOUBT = 10.0  # rows of the usual rate that are added to those of a value
OUTER = (1, 99)  # percent between which a figure is a line; what lies beyond counts as its edge
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
Rows = Sequence[int] | Places
FIGURES = {Kind.NUMBER, Kind.DATE}


@dataclass(frozen=True)
class Ready:
    """A column once for all folds: figures (NaN: nothing is said), or places among its texts
    (-1: nothing is said)."""

    figures: Numbers
    places: Places
    texts: Sequence[str] = ()


_ready: WeakKeyDictionary[Column, Ready] = WeakKeyDictionary()


def made_ready(column: Column) -> Ready:
    if (found := _ready.get(column)) is None:
        found = _ready[column] = _read(column)
    return found


def _read(column: Column) -> Ready:
    if column.kind in FIGURES:
        plain = (one.timestamp() if isinstance(one, datetime) else one for one in column.values)
        figures = np.array([np.nan if one is None else one for one in plain], dtype=np.float64)
        return Ready(figures, np.array([], dtype=np.int64))
    known: dict[str, int] = {}
    by_text: dict[str | None, int] = {None: -1}
    found = np.empty(len(column.values), dtype=np.int64)
    for at, text in enumerate(column.values):
        if (place := by_text.get(text)) is None:
            place = by_text[text] = known.setdefault(str(text).casefold(), len(known))
        found[at] = place
    return Ready(np.array([], dtype=np.float64), found, list(known))


def learn_bins(column: Column, rows: Rows, *, most: int = MOST_BINS) -> Bins:
    """From these rows alone."""
    if column.kind in WITHOUT_VALUES:
        return Bins(column.name, column.kind)
    if column.kind is Kind.CHOICE:
        return Bins(column.name, column.kind, levels=_levels(column, rows))
    figures = made_ready(column).figures[rows]
    figures, latest = figures[~np.isnan(figures)], 0.0
    if column.kind is Kind.DATE and len(figures):
        latest = float(figures.max())
        figures = (latest - figures) / DAY
    return Bins(column.name, column.kind, edges=_edges(np.sort(figures), most), latest=latest)


def _levels(column: Column, rows: Rows) -> dict[str, int]:
    """The usual values, the most usual first."""
    ready = made_ready(column)
    places = ready.places[rows]
    counts = np.bincount(places[places >= 0], minlength=len(ready.texts)).tolist()
    usual = sorted(zip(counts, ready.texts, strict=True), key=lambda one: (-one[0], one[1]))
    least = max(LEAST_ROWS, LEAST_SHARE * len(rows))
    kept = [text for count, text in usual[:MOST_LEVELS] if count >= least]
    return {text: 2 + at for at, text in enumerate(kept)}


def _edges(figures: Numbers, most: int) -> tuple[float, ...]:
    """Quantiles of sorted figures; a figure that many rows share is a group of its own."""
    if not len(figures):
        return ()
    found = {float(figures[len(figures) * part // most]) for part in range(1, most)}
    values, counts = np.unique(figures, return_counts=True)
    for at in np.argsort(-counts, kind="stable")[:OFTEN]:
        if counts[at] > len(figures) / most:
            found |= {float(one) for one in values[at : at + 2]}
    return tuple(sorted(one for one in found if one > figures[0]))


def groups_at(column: Column, bins: Bins, rows: Rows) -> Places:
    """As ``bins.group`` says, for all at once."""
    if column.kind in FIGURES:
        figures = figures_at(column, bins, rows)
        found = 2 + np.searchsorted(np.array(bins.edges), figures, side="right")
        return np.where(np.isnan(figures), MISSING, found)
    ready = made_ready(column)
    groups: Places = np.array([*(bins.group(text) for text in ready.texts), MISSING])
    return groups[ready.places[rows]]


def figures_at(column: Column, bins: Bins, rows: Rows) -> Numbers:
    figures = made_ready(column).figures[rows]
    return (bins.latest - figures) / DAY if column.kind is Kind.DATE else figures


@dataclass(frozen=True)
class Worth:
    """What each value of a wide choice adds to the odds; ``own``: of the rows that taught it."""

    by_place: Numbers
    own: Numbers

    def at(self, column: Column, rows: Rows) -> Numbers:
        return self.by_place[made_ready(column).places[rows]]


def is_wide(column: Column) -> bool:
    return column.kind is Kind.CHOICE and len(made_ready(column).texts) > MOST_LEVELS


def learn_worth(column: Column, rows: Rows, won: Numbers) -> Worth:
    """The last place is that of rows in which nothing is said."""
    ready = made_ready(column)
    size = len(ready.texts) + 1
    places = ready.places[rows] % size
    fold = np.arange(len(rows)) % FOLDS
    own = np.zeros(len(rows))
    for part in range(FOLDS):
        others = fold != part
        own[~others] = _odds(places[others], won[others], size)[places[~others]]
    return Worth(_odds(places, won, size), own)


def _odds(places: Places, won: Numbers, size: int) -> Numbers:
    usual = (won.sum() + 0.5) / (len(won) + 1)
    counts = np.bincount(places, minlength=size)
    wins = np.bincount(places, weights=won, minlength=size)
    share = (wins + DOUBT * usual) / (counts + DOUBT)
    found: Numbers = np.log(share / (1 - share)) - np.log(usual / (1 - usual))
    return found


@dataclass(frozen=True)
class Encoder:
    """``rows`` are those that it has learned from."""

    columns: Sequence[Column]
    bins: Sequence[Bins]
    rows: Rows
    worths: Sequence[tuple[Column, Worth]] = ()

    @property
    def choices(self) -> list[bool]:
        """Of each column of ``for_boosting``."""
        kinds = [one.kind not in FIGURES for one in self.columns]
        return kinds + [False] * len(self.worths)

    def for_boosting(self, rows: Rows | None = None) -> Numbers:
        """Numbers and days as they are (nothing said: NaN), choices by their group."""
        here = self.rows if rows is None else rows
        found = [
            figures_at(column, bins, here)
            if column.kind in FIGURES
            else groups_at(column, bins, here).astype(np.float64)
            for column, bins in zip(self.columns, self.bins, strict=True)
        ]
        return np.column_stack([*found, *self._worth(rows)])

    def for_sum(self, rows: Rows | None = None) -> Any:
        """One column of 0 and 1 for each group."""
        here = self.rows if rows is None else rows
        starts = np.cumsum([0, *(bins.count for bins in self.bins)])
        pairs = zip(self.columns, self.bins, starts[:-1], strict=True)
        places = [start + groups_at(column, bins, here) for column, bins, start in pairs]
        across = np.concatenate(places) if places else np.array([], dtype=int)
        down = np.tile(np.arange(len(here)), len(places))
        shape = (len(here), int(starts[-1]))
        return sparse.csr_matrix((np.ones(len(across)), (down, across)), shape=shape)

    def for_lines(self, rows: Rows | None = None) -> Any:
        """The groups, and each figure as a line beside them."""
        here = self.rows if rows is None else rows
        lines = [
            _line(figures_at(column, bins, self.rows), figures_at(column, bins, here))
            for column, bins in zip(self.columns, self.bins, strict=True)
            if column.kind in FIGURES
        ]
        lines += self._worth(rows)
        groups = self.for_sum(rows)
        if not lines:
            return groups
        return sparse.hstack([groups, sparse.csr_matrix(np.column_stack(lines))], format="csr")

    def _worth(self, rows: Rows | None) -> list[Numbers]:
        return [
            worth.own if rows is None else worth.at(column, rows) for column, worth in self.worths
        ]


def encoder_of(columns: Sequence[Column], rows: Rows, won: Numbers | None = None) -> Encoder:
    """``won``, of these rows: what wide choices are worth is learned, too."""
    wide = [one for one in columns if is_wide(one)] if won is not None else []
    worths = [(one, learn_worth(one, rows, won)) for one in wide if won is not None]
    return Encoder(columns, [learn_bins(column, rows) for column in columns], rows, worths)


def _line(taught: Numbers, figures: Numbers) -> Numbers:
    """Around 0, as wide as 1; where nothing is said, 0."""
    said = taught[~np.isnan(taught)]
    if not len(said):
        return np.zeros(len(figures))
    low, high = np.percentile(said, OUTER)
    said = np.clip(said, low, high)
    width = said.std() or 1.0
    found: Numbers = np.nan_to_num((np.clip(figures, low, high) - said.mean()) / width)
    return found
