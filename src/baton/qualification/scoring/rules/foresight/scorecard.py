"""A model as plain figures: kept as JSON, added up without any library, and able to say why.

``z = intercept + sum of the weight of each column's group``; the chance is the logistic of
``slope * z + shift``.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.qualification.scoring.rules.foresight.bins import MISSING, OTHER, Bins
from baton.qualification.scoring.rules.foresight.columns import Kind

Data = Mapping[str, Any]
REASONS = 3
WEAK = 0.05  # a reason that moves the odds by less is none


@dataclass(frozen=True)
class Reason:
    """A column's value that moves the chance: a text, or a range of figures; neither: not known."""

    column: str
    effect: float  # on the logarithm of the odds, against the average person
    level: str = ""
    low: float | None = None
    high: float | None = None
    is_known: bool = True

    def data(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Weighed:
    """One column: its groups, the weight of each, and the weight of the average person."""

    bins: Bins
    weights: Sequence[float]
    mean: float


@dataclass(frozen=True)
class Foretelling:
    chance: float
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Scorecard:
    columns: Sequence[Weighed]
    intercept: float
    slope: float
    shift: float

    def foretell(self, values: Data) -> Foretelling:
        """``values`` by column; one that is not there is not known."""
        total, reasons = self.intercept, []
        for one in self.columns:
            group = one.bins.group(_fitting(one.bins, values.get(one.bins.name)))
            total += one.weights[group]
            effect = self.slope * (one.weights[group] - one.mean)
            if abs(effect) >= WEAK:
                reasons.append(_reason(one.bins, group, effect))
        reasons.sort(key=lambda reason: (-abs(reason.effect), reason.column))
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * total + self.shift))))
        return Foretelling(chance, reasons[:REASONS])

    def data(self) -> dict[str, Any]:
        return {
            "intercept": self.intercept,
            "slope": self.slope,
            "shift": self.shift,
            "columns": [
                {
                    "name": one.bins.name,
                    "kind": str(one.bins.kind),
                    "edges": list(one.bins.edges),
                    "levels": dict(one.bins.levels),
                    "weights": list(one.weights),
                    "mean": one.mean,
                }
                for one in self.columns
            ],
        }


def _fitting(bins: Bins, value: Any) -> Any:
    """A field of numbers may have become one of words since: then nothing is known."""
    return value if bins.kind is Kind.CHOICE or not isinstance(value, str) else None


def _reason(bins: Bins, group: int, effect: float) -> Reason:
    if group == MISSING:
        return Reason(bins.name, effect, is_known=False)
    if bins.kind is Kind.CHOICE:
        names = {place: level for level, place in bins.levels.items()}
        return Reason(bins.name, effect, level=names.get(group, ""))
    at = group - OTHER - 1
    low = bins.edges[at - 1] if at > 0 else None
    high = bins.edges[at] if at < len(bins.edges) else None
    return Reason(bins.name, effect, low=low, high=high)


def read_scorecard(data: Data) -> Scorecard:
    return Scorecard(
        columns=[
            Weighed(
                bins=Bins(
                    one["name"],
                    Kind(one["kind"]),
                    edges=tuple(one["edges"]),
                    levels=dict(one["levels"]),
                ),
                weights=one["weights"],
                mean=one["mean"],
            )
            for one in data["columns"]
        ],
        intercept=data["intercept"],
        slope=data["slope"],
        shift=data["shift"],
    )


def digest_of(data: Data) -> str:
    """Of what was learned: whatever is changed in it afterwards is noticed before it is used."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
