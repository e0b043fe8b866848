"""Several models that answer together: what each is worth is found on rows it has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold, train_test_split

from baton.qualification.scoring.rules.foresight import learning
from baton.qualification.scoring.rules.foresight.columns import Column
from baton.qualification.scoring.rules.foresight.encoding import (
    Encoder,
    Numbers,
    Places,
    Rows,
    encoder_of,
)

BOOSTING = "gradient boosting"
SUMS = {f"{learning.SUM} {strength}": strength for strength in learning.STRENGTHS}
TREES = {f"{BOOSTING} {leaves}": leaves for leaves in (learning.SMALL, learning.LARGE)}
STEPS = 10  # in which the shares are given away
FEW, MANY = 3_000, 40_000  # rows: five parts up to there, three up to there, then one
LATE = 200  # of the rarer outcome in the later half: then it alone tells how high chances are now
Split = tuple[Places, Places]


@dataclass(frozen=True)
class Member:
    """What one part of the rows has taught."""

    encoder: Encoder
    models: Mapping[str, Any]

    def sums(self, rows: Rows) -> dict[str, Numbers]:
        """On the scale of the odds."""
        found = {}
        for way, model in self.models.items():
            chance = np.clip(learning.chances(model, _figures(self.encoder, way, rows)), 1e-6, 1)
            chance = np.minimum(chance, 1 - 1e-6)
            found[way] = np.log(chance / (1 - chance))
        return found


@dataclass(frozen=True)
class Blend:
    members: Sequence[Member]
    shares: Mapping[str, float]
    slope: float
    shift: float

    def foretell(self, rows: Sequence[int]) -> list[float]:
        asked = np.array(rows)
        total = np.zeros(len(asked))
        for member in self.members:
            total += _mixed(member.sums(asked), self.shares) / len(self.members)
        found: list[float] = learning.chance_of(self.slope * total + self.shift).tolist()
        return found

    @property
    def said(self) -> str:
        """Which models answer, the one with the largest share first."""
        boosted = sum(self.shares.get(way, 0.0) for way in TREES)
        parts = [(boosted, BOOSTING), (1 - boosted, learning.SUM)]
        return " and ".join(name for share, name in sorted(parts, reverse=True) if share > 0.05)


def learn_blend(
    columns: Sequence[Column], won: Sequence[bool], rows: Sequence[int], *, by_time: bool
) -> Blend:
    """``rows`` in the order of time where it is ``by_time``: then the later ones tell how high the
    chances are, for the next are like them."""
    truth, order = learning.truth(won, rows), np.array(rows)
    sums = {way: np.full(len(rows), np.nan) for way in _ways(len(rows))}
    members = []
    for taught, asked in _parts(truth):
        member = _learn_member(columns, order, truth, taught, asked)
        for way, found in member.sums(order[asked]).items():
            sums[way][asked] = found
        members.append(member)
    known = ~np.isnan(next(iter(sums.values())))
    sums = {way: found[known] for way, found in sums.items()}
    truth = truth[known]
    shares = _shares(sums, truth)
    total = _mixed(sums, shares)
    if by_time and min(_rarer(truth[len(truth) // 2 :]), LATE) == LATE:
        total, truth = total[len(truth) // 2 :], truth[len(truth) // 2 :]
    return Blend(members, shares, *learning.line_through(total, truth))


def _ways(count: int) -> list[str]:
    """Of very many rows the strongest alone: the weaker only spare small files from chance."""
    ways = [*SUMS, *TREES]
    return ways if count < learning.MANY else [[*SUMS][-1], [*TREES][-1]]


def _rarer(truth: Numbers) -> int:
    return int(min(truth.sum(), len(truth) - truth.sum()))


def _parts(truth: Numbers) -> list[Split]:
    if len(truth) > MANY:
        both = train_test_split(
            np.arange(len(truth)), test_size=0.2, random_state=learning.SEED, stratify=truth
        )
        return [(np.sort(both[0]), np.sort(both[1]))]
    count = min(5 if len(truth) <= FEW else 3, _rarer(truth))
    folds = StratifiedKFold(count, shuffle=True, random_state=learning.SEED)
    return list(folds.split(np.zeros(len(truth)), truth))


def _learn_member(
    columns: Sequence[Column], rows: Places, truth: Numbers, taught: Places, asked: Places
) -> Member:
    encoder = encoder_of(columns, rows[taught], truth[taught])
    beside, models = {}, {}
    if len(asked) >= learning.EARLY:
        beside = {"X_val": encoder.for_boosting(rows[asked]), "y_val": truth[asked]}
    for way in _ways(len(truth)):
        if way in TREES:
            model = learning.boosting(encoder, leaves=TREES[way], stops=bool(beside))
            learning.learn(model, encoder.for_boosting(), truth[taught], **beside)
        else:
            model = learning.summing(SUMS[way])
            learning.learn(model, encoder.for_lines(), truth[taught])
        models[way] = model
    return Member(encoder, models)


def _figures(encoder: Encoder, way: str, rows: Rows) -> Any:
    return encoder.for_boosting(rows) if way in TREES else encoder.for_lines(rows)


def _mixed(sums: Mapping[str, Numbers], shares: Mapping[str, float]) -> Numbers:
    found: Numbers = sum((share * sums[way] for way, share in shares.items()), start=np.zeros(1))
    return found


def _shares(sums: Mapping[str, Numbers], truth: Numbers) -> dict[str, float]:
    """Step by step to whoever makes all together least wrong."""
    taken: list[str] = []
    for _step in range(STEPS):
        total = sum((sums[way] for way in taken), start=np.zeros(len(truth)))
        losses = {
            way: learning.loss_of((total + sums[way]) / (len(taken) + 1), truth) for way in sums
        }
        taken.append(min(losses, key=lambda way: losses[way]))
    return {way: taken.count(way) / STEPS for way in sums if way in taken}
