"""Models that learn chances. Brings scikit-learn."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from scipy import sparse
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from baton.qualification.scoring.rules.foresight.bins import DAY, MISSING, Bins, learn_bins
from baton.qualification.scoring.rules.foresight.columns import Column, Kind

SEED = 20_260
ENOUGH_FOR_STEPS = 1_000  # of the rarer outcome; with fewer a curve of two figures is safer
BOOSTING, SUM = "gradient boosting", "logistic regression"
BOOST = {"learning_rate": 0.06, "max_leaf_nodes": 15, "l2_regularization": 1.0}
STRENGTHS = (0.03, 0.3)
KEPT = 0.1  # of the model that is kept as figures; the line that calibrates it makes up for more
Numbers = np.ndarray[Any, np.dtype[np.float64]]
Places = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Encoder:
    """Columns as figures, as learned from some rows."""

    columns: Sequence[Column]
    bins: Sequence[Bins]

    def for_boosting(self, rows: Sequence[int]) -> Numbers:
        """Numbers and days as they are (nothing said: NaN), choices by their group."""
        return np.column_stack([_figures(column, bins, rows) for column, bins in self._pairs()])

    @property
    def choices(self) -> list[bool]:
        return [one.kind not in {Kind.NUMBER, Kind.DATE} for one in self.columns]

    def for_sum(self, rows: Sequence[int]) -> Any:
        """One column of 0 and 1 for each group."""
        at = np.arange(len(rows))
        starts = np.cumsum([0, *(bins.count for bins in self.bins)])
        places = [
            start + _groups(column, bins, rows)
            for (column, bins), start in zip(self._pairs(), starts[:-1], strict=True)
        ]
        across = np.concatenate(places) if places else np.array([], dtype=int)
        down = np.tile(at, len(places))
        shape = (len(rows), int(starts[-1]))
        return sparse.csr_matrix((np.ones(len(across)), (down, across)), shape=shape)

    def _pairs(self) -> list[tuple[Column, Bins]]:
        return list(zip(self.columns, self.bins, strict=True))


def encoder_of(columns: Sequence[Column], rows: Sequence[int]) -> Encoder:
    return Encoder(columns, [learn_bins(column, rows) for column in columns])


@dataclass(frozen=True)
class Ready:
    """A column once for all folds: figures (NaN: nothing is said), or places among its texts."""

    figures: Numbers
    texts: Sequence[str | None] = ()


_ready: WeakKeyDictionary[Column, Ready] = WeakKeyDictionary()


def _made_ready(column: Column) -> Ready:
    if (found := _ready.get(column)) is None:
        found = _ready[column] = _read(column)
    return found


def _read(column: Column) -> Ready:
    if column.kind in {Kind.NUMBER, Kind.DATE}:
        plain = (one.timestamp() if isinstance(one, datetime) else one for one in column.values)
        return Ready(np.array([np.nan if one is None else one for one in plain], dtype=np.float64))
    places: dict[str | None, int] = {}
    found = [places.setdefault(one, len(places)) for one in column.values]
    return Ready(np.array(found, dtype=np.float64), list(places))


def _figures(column: Column, bins: Bins, rows: Sequence[int]) -> Numbers:
    if column.kind is Kind.NUMBER:
        return _made_ready(column).figures[rows]
    if column.kind is Kind.DATE:
        return (bins.latest - _made_ready(column).figures[rows]) / DAY
    return _groups(column, bins, rows).astype(np.float64)


def _groups(column: Column, bins: Bins, rows: Sequence[int]) -> Places:
    """As ``bins.group`` says, for all at once."""
    if column.kind in {Kind.NUMBER, Kind.DATE}:
        figures = _figures(column, bins, rows)
        found = 2 + np.searchsorted(np.array(bins.edges), figures, side="right")
        return np.where(np.isnan(figures), MISSING, found)
    ready = _made_ready(column)
    places: Places = np.array([bins.group(text) for text in ready.texts])
    return places[ready.figures[rows].astype(np.int64)]


def boosting(encoder: Encoder, *, rounds: int = 100) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        **BOOST,
        max_iter=rounds,
        min_samples_leaf=20,
        categorical_features=encoder.choices if any(encoder.choices) else None,
        early_stopping=False,
        random_state=SEED,
    )


def summing(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=300, random_state=SEED)


def ways_of(encoder: Encoder) -> Mapping[str, Any]:
    """Each kind of model that may be chosen."""
    sums = {f"{SUM} {strength}": summing(strength) for strength in STRENGTHS}
    return {**sums, BOOSTING: boosting(encoder)}


def figures_for(way: str, encoder: Encoder, rows: Sequence[int]) -> Any:
    return encoder.for_boosting(rows) if way == BOOSTING else encoder.for_sum(rows)


def calibrated(model: Any, won: Numbers) -> CalibratedClassifierCV:
    """Its figures turned into chances, by folds of the rows that it learns from."""
    rarer = int(min(won.sum(), len(won) - won.sum()))
    method = "isotonic" if rarer >= ENOUGH_FOR_STEPS else "sigmoid"
    folds = StratifiedKFold(min(3, rarer), shuffle=True, random_state=SEED)
    return CalibratedClassifierCV(model, method=method, cv=folds)


def learn(model: Any, figures: Any, won: Numbers) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a fit that could go on: judged by what it foretells
        return model.fit(figures, won)


def chances(model: Any, figures: Any) -> list[float]:
    found: list[float] = model.predict_proba(figures)[:, 1].tolist()
    return found


def truth(won: Sequence[bool], rows: Sequence[int]) -> Numbers:
    return np.array([float(won[at]) for at in rows])


class Summed:
    """A logistic regression whose chances are calibrated by a line: figures that can be kept."""

    def __init__(self, strength: float) -> None:
        self.strength = strength

    def fit(self, figures: Any, won: Numbers) -> "Summed":
        folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as in learn()
            sums = cross_val_predict(
                summing(self.strength), figures, won, cv=folds, method="decision_function"
            )
            line = LogisticRegression(C=1e3).fit(sums.reshape(-1, 1), won)
            model = summing(self.strength).fit(figures, won)
        self.slope, self.shift = float(line.coef_[0][0]), float(line.intercept_[0])
        self.weights: list[float] = model.coef_[0].tolist()
        self.intercept = float(model.intercept_[0])
        return self

    def predict_proba(self, figures: Any) -> Any:
        sums = figures @ np.array(self.weights) + self.intercept
        found = 1 / (1 + np.exp(-(self.slope * sums + self.shift)))
        return np.column_stack([1 - found, found])
