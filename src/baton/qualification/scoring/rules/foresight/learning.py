"""Models that learn chances. Brings scikit-learn."""

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from baton.qualification.scoring.rules.foresight.encoding import Encoder, Numbers

SEED = 20_260
SUM = "logistic regression"
SMALL, LARGE = 6, 31  # leaves of a tree
MANY = 20_000  # rows from which on weak models spare nothing any more
ENOUGH = 10_000  # rows from which on trees learn in larger steps
SLOW, FAST = 0.06, 0.1
MOST_ROUNDS, PATIENCE = 400, 12
STRENGTHS = (0.03, 0.3)
KEPT = (0.03, 0.1, 0.3)  # of the model that is kept as figures; the one that foretells best
EARLY = 300  # rows that tell when to stop


def boosting(encoder: Encoder, *, leaves: int, rounds: int = 60, stops: bool = False) -> Any:
    """``stops`` when rows beside those that teach gain no more."""
    return HistGradientBoostingClassifier(
        learning_rate=FAST if leaves == SMALL or len(encoder.rows) >= ENOUGH else SLOW,
        max_leaf_nodes=leaves,
        max_iter=MOST_ROUNDS if stops else rounds,
        l2_regularization=1.0,
        min_samples_leaf=20,
        categorical_features=encoder.choices if any(encoder.choices) else None,
        early_stopping=stops,
        n_iter_no_change=PATIENCE,
        random_state=SEED,
    )


def summing(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=300, random_state=SEED)


def learn(model: Any, figures: Any, won: Numbers, **beside: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a fit that could go on: judged by what it foretells
        return model.fit(figures, won, **beside)


def chances(model: Any, figures: Any) -> list[float]:
    found: list[float] = model.predict_proba(figures)[:, 1].tolist()
    return found


def truth(won: Sequence[bool], rows: Sequence[int]) -> Numbers:
    return np.array([float(won[at]) for at in rows])


class Summed:
    """A logistic regression whose chances are calibrated by a line: figures that can be kept."""

    def fit(self, figures: Any, won: Numbers) -> "Summed":
        tried = [(self._out_of_fold(strength, figures, won), strength) for strength in KEPT]
        (_loss, self.slope, self.shift), self.strength = min(tried)
        model = learn(summing(self.strength), figures, won)
        self.weights: list[float] = model.coef_[0].tolist()
        self.intercept = float(model.intercept_[0])
        return self

    def _out_of_fold(
        self, strength: float, figures: Any, won: Numbers
    ) -> tuple[float, float, float]:
        """How far its chances are off, and the line that makes them right."""
        folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as in learn()
            sums = cross_val_predict(
                summing(strength), figures, won, cv=folds, method="decision_function"
            )
        slope, shift = line_through(sums, won)
        return loss_of(slope * sums + shift, won), slope, shift

    def predict_proba(self, figures: Any) -> Any:
        found = chance_of(
            self.slope * (figures @ np.array(self.weights) + self.intercept) + self.shift
        )
        return np.column_stack([1 - found, found])


def line_through(sums: Numbers, won: Numbers) -> tuple[float, float]:
    """What turns sums into chances that come true. Who stands higher has never less."""
    line = LogisticRegression(C=1e3).fit(sums.reshape(-1, 1), won)
    return max(0.01, float(line.coef_[0][0])), float(line.intercept_[0])


def chance_of(sums: Numbers) -> Numbers:
    found: Numbers = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
    return found


def loss_of(sums: Numbers, won: Numbers) -> float:
    """The mean logarithmic loss, of sums on the scale of the odds."""
    return float(np.mean(np.logaddexp(0, sums) - won * sums))
