"""The judgement: leaks out, a model chosen inside, judged on rows that it has not seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold, train_test_split
from threadpoolctl import threadpool_limits

from baton.core.errors import gettext_noop
from baton.qualification.scoring.rules.foresight import figures, learning
from baton.qualification.scoring.rules.foresight.columns import Column, Kind, at_time
from baton.qualification.scoring.rules.foresight.evidence import (
    DOMINANT,
    Alone,
    Leak,
    alone,
    certain_shares,
    evidence_of,
)
from baton.qualification.scoring.rules.foresight.outcome import LEAST_EACH, check_enough
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee

FOLDS = 5
EARLIER = 0.7  # of the rows teach, the later ones judge
MOST_ROWS = 20_000  # by which one column is weighed against the others
MOST_SUSPECTS = 4
USED = {Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.TEXT}
TOO_GOOD = 0.97
PLAIN = learning.SUM


@dataclass(frozen=True)
class Judgement:
    """Figures of rows that the model had not seen."""

    chances: Sequence[float] = field(repr=False)
    won: Sequence[bool] = field(repr=False)
    leaks: Sequence[Leak]
    columns: Sequence[str]
    models: Sequence[str]
    taught: int
    by_time: bool

    @property
    def auc(self) -> float:
        return figures.area_under_curve(self.chances, self.won)

    @property
    def brier(self) -> float:
        return figures.brier_of(self.chances, self.won)

    @property
    def lift(self) -> float:
        return figures.lift_of_best(self.chances, self.won)

    @property
    def is_too_good(self) -> bool:
        return self.auc >= TOO_GOOD


def judge(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    time: Column | None = None,
    kept: frozenset[str] = frozenset(),
    is_plain: bool = False,
) -> Judgement:
    """``columns`` hold a value for each of ``won``. ``kept``: never called leaks. ``is_plain``: by
    the model that can be kept as figures, and no other. Raises CannotForesee."""
    check_enough(won)
    with threadpool_limits(1):  # threads of two such programs on one machine wait for each other
        return _judge(columns, won, time=time, kept=kept, is_plain=is_plain)


def _judge(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    time: Column | None,
    kept: frozenset[str],
    is_plain: bool,
) -> Judgement:
    splits = _by_time(time, won) if time else _by_folds(won)
    leaks, left = find_leaks(columns, won, time=time, kept=kept)
    left = [one for one in left if time is None or one.name != time.name]
    if not left:
        raise CannotForesee(
            gettext_noop(
                "Nothing is left to foresee from: every column is empty, a number or a leak."
            )
        )
    said: dict[int, float] = {}
    models: list[str] = []
    for taught, judged in splits:
        way = PLAIN if is_plain else _choose(left, won, taught, is_later=bool(time))
        found = _foretell(left, won, taught=taught, judged=judged, way=way)
        models.append(way)
        said |= dict(zip(judged, found, strict=True))
    rows = sorted(said)
    return Judgement(
        chances=[said[at] for at in rows],
        won=[won[at] for at in rows],
        leaks=leaks,
        columns=[one.name for one in left],
        models=models,
        taught=len(splits[0][0]) if time else len(won),
        by_time=bool(time),
    )


Split = tuple[list[int], list[int]]


def _by_folds(won: Sequence[bool]) -> list[Split]:
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=learning.SEED)
    blank = np.zeros(len(won))
    return [(a.tolist(), b.tolist()) for a, b in folds.split(blank, np.array(won))]


def _by_time(time: Column, won: Sequence[bool]) -> list[Split]:
    """The earlier rows teach; rows of one moment stay together."""
    moments = at_time(time)
    if moments is None:
        words = gettext_noop(
            "The rows cannot be put in order of time by “%(column)s”: give a column with a date or "
            "a growing number in each row."
        )
        raise CannotForesee(words, column=time.name)
    order = sorted(range(len(won)), key=lambda at: moments[at])
    edge = moments[order[int(len(order) * EARLIER)]]
    earlier = [at for at in order if moments[at] < edge]
    later = [at for at in order if moments[at] >= edge]
    for part in (earlier, later):
        yes = sum(won[at] for at in part)
        if min(yes, len(part) - yes) < LEAST_EACH // 2:
            words = gettext_noop(
                "Too little to judge by time: of the earlier and of the later rows, one part has "
                "%(yes)s positive and %(no)s negative rows. It takes %(each)s of each."
            )
            raise CannotForesee(words, yes=yes, no=len(part) - yes, each=LEAST_EACH // 2)
    return [(earlier, later)]


def _foretell(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    taught: list[int],
    judged: list[int],
    way: str,
) -> list[float]:
    encoder = learning.encoder_of(columns, taught)
    truth = learning.truth(won, taught)
    if way == PLAIN:
        model: Any = learning.Summed(learning.KEPT)
    else:
        model = learning.calibrated(learning.ways_of(encoder)[way], truth)
    learning.learn(model, learning.figures_for(way, encoder, taught), truth)
    return learning.chances(model, learning.figures_for(way, encoder, judged))


def _choose(
    columns: Sequence[Column], won: Sequence[bool], taught: list[int], *, is_later: bool
) -> str:
    """By a part of the rows that teach; those that judge are never asked."""
    inner, outer = train_test_split(
        taught,
        test_size=0.25,
        random_state=learning.SEED,
        shuffle=not is_later,
        stratify=None if is_later else [won[at] for at in taught],
    )
    if len({won[at] for at in outer}) < 2 or len({won[at] for at in inner}) < 2:
        return f"{learning.SUM} {learning.STRENGTHS[0]}"
    encoder = learning.encoder_of(columns, inner)
    losses: dict[str, float] = {}
    for way, model in learning.ways_of(encoder).items():
        learning.learn(model, learning.figures_for(way, encoder, inner), learning.truth(won, inner))
        said = learning.chances(model, learning.figures_for(way, encoder, outer))
        losses[way] = log_loss(learning.truth(won, outer), said)
    return min(losses, key=lambda way: losses[way])


def find_leaks(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    time: Column | None,
    kept: frozenset[str],
) -> tuple[list[Leak], list[Column]]:
    """The leaks, and the columns that a model may use."""
    rows = range(len(won))
    asked = [one for one in columns if one.kind in USED or one.kind is Kind.ID]
    found = {one.name: alone(one, won, rows=rows) for one in asked}
    leaks: dict[str, Leak] = {}
    for one in asked:
        if one.name in kept or (time and one.name == time.name):
            continue
        leak = evidence_of(
            one, found[one.name], later=_later(one, time), positives=sum(won), total=len(won)
        )
        if leak:
            leaks[one.name] = leak
    left = [one for one in asked if one.kind in USED and one.name not in leaks]
    while leak := _dominant(left, won, found=found, kept=kept):
        leaks[leak.column] = leak
        left = [one for one in left if one.name != leak.column]
    return [leaks[one.name] for one in columns if one.name in leaks], left


def _later(column: Column, time: Column | None) -> float | None:
    if time is None or column.kind is not Kind.DATE or time.kind is not Kind.DATE:
        return None
    pairs: list[tuple[datetime, datetime]] = [
        (one, now)
        for one, now in zip(column.values, time.values, strict=True)
        if one is not None and now is not None
    ]
    return sum(one.date() > now.date() for one, now in pairs) / len(pairs) if pairs else None


def _dominant(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    found: Mapping[str, Alone],
    kept: frozenset[str],
) -> Leak | None:
    """The column that lifts the figure far beyond what all others reach together, if there is one:
    strong alone, and without it much is gone."""
    suspects = [one for one in columns if found[one.name].auc >= 0.75 and one.name not in kept]
    suspects = sorted(suspects, key=lambda one: -found[one.name].auc)[:MOST_SUSPECTS]
    if not suspects or len(columns) < 3:
        return None
    rows = _some(len(won))
    whole = _quick_auc(columns, won, rows)
    for one in suspects:
        others = _quick_auc([two for two in columns if two is not one], won, rows)
        auc = found[one.name].auc
        certain = max(certain_shares(found[one.name], sum(won), len(won)))
        if auc > others - 0.02 and whole - others >= _allowed(auc, certain):
            return replace(Leak(one.name, DOMINANT), auc=auc, others=others)
    return None


def _allowed(auc: float, certain: float) -> float:
    """By how much one honest column may lift the figure: less, where it also has values after
    which the outcome is all but sure."""
    if certain >= 0.1:
        return 0.07
    return 0.1 if auc >= 0.8 else 1.0


def _some(count: int) -> list[int]:
    if count <= MOST_ROWS:
        return list(range(count))
    chosen = np.random.default_rng(learning.SEED).choice(count, MOST_ROWS, replace=False)
    return sorted(chosen.tolist())


def _quick_auc(columns: Sequence[Column], won: Sequence[bool], rows: Sequence[int]) -> float:
    folds = StratifiedKFold(3, shuffle=True, random_state=learning.SEED)
    truth = learning.truth(won, rows)
    said = [0.0] * len(rows)
    for taught, judged in folds.split(np.zeros(len(rows)), truth):
        here = [rows[at] for at in taught]
        encoder = learning.encoder_of(columns, here)
        model = learning.boosting(encoder, rounds=60)
        learning.learn(model, encoder.for_boosting(here), truth[taught])
        figures_there = encoder.for_boosting([rows[at] for at in judged])
        for at, chance in zip(judged, learning.chances(model, figures_there), strict=True):
            said[at] = chance
    return figures.area_under_curve(said, [won[at] for at in rows])
