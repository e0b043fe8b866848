"""Which columns knew the outcome: each by itself, then against all others together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sklearn.model_selection import StratifiedKFold

from baton.qualification.scoring.rules.foresight import figures, learning
from baton.qualification.scoring.rules.foresight.columns import Column, Kind
from baton.qualification.scoring.rules.foresight.encoding import FIGURES, encoder_of
from baton.qualification.scoring.rules.foresight.evidence import (
    DOMINANT,
    LENGTH,
    SAME,
    SAYS_LATER,
    TELLS,
    Alone,
    Leak,
    alone,
    certain_shares,
    evidence_of,
    says_end,
    says_length,
)
from baton.qualification.scoring.rules.foresight.spans import spans_of

MOST_ROWS = 10_000  # by which one column is weighed against the others
MOST_SUSPECTS = 4
QUICK = 12  # leaves of the trees that weigh
TALKED = 0.03  # by which the length of a talk lifts the figure, that is known when it is over
ALIKE = 0.95  # of two columns, how what they tell goes together
USED = {Kind.NUMBER, Kind.DATE, Kind.CHOICE, Kind.TEXT}


@dataclass(frozen=True)
class Found:
    """The leaks, the columns that a model may use, and a column on which nearly all rests though
    nothing says that it is a leak."""

    leaks: Sequence[Leak]
    left: Sequence[Column]
    carried: Leak | None = None


def find_leaks(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    outcome: str = "",
    time: Column | None,
    kept: frozenset[str],
) -> Found:
    """``outcome``: how that column is called."""
    asked = [one for one in columns if one.kind in USED or one.kind is Kind.ID]
    asked = [one for one in asked if time is None or one.name != time.name]
    found = {one.name: alone(one, won, rows=range(len(won))) for one in asked}
    leaks: dict[str, Leak] = {}
    for one in asked:
        leak = one.name not in kept and evidence_of(
            one,
            found[one.name],
            outcome=outcome,
            later=_later(one, time),
            positives=sum(won),
            total=len(won),
        )
        if leak:
            leaks[one.name] = leak
    for one in asked:
        if one.name not in {*leaks, *kept} and _says_the_same(one, leaks, found):
            leaks[one.name] = Leak(one.name, SAME)
    left = [one for one in asked if one.kind in USED and one.name not in leaks]
    dominant, left, carried = _without_dominant(left, won, kept=kept, time=time, found=found)
    leaks |= {leak.column: leak for leak in dominant}
    ordered = [leaks[one.name] for one in columns if one.name in leaks]
    return Found(ordered, left, carried)


def _says_the_same(column: Column, leaks: Mapping[str, Leak], found: Mapping[str, Alone]) -> bool:
    """As one that is a leak for what its name says, too: a rank of a chance."""
    if found[column.name].auc < TELLS:
        return False
    named = [one.column for one in leaks.values() if one.reason == SAYS_LATER]
    here = found[column.name].chances
    return any(np.corrcoef(here, found[name].chances)[0, 1] >= ALIKE for name in named)


def _later(column: Column, time: Column | None) -> float | None:
    if time is None or column.kind is not Kind.DATE or time.kind is not Kind.DATE:
        return None
    pairs: list[tuple[datetime, datetime]] = [
        (one, now)
        for one, now in zip(column.values, time.values, strict=True)
        if one is not None and now is not None
    ]
    return sum(one.date() > now.date() for one, now in pairs) / len(pairs) if pairs else None


def _without_dominant(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    kept: frozenset[str],
    time: Column | None,
    found: Mapping[str, Alone],
) -> tuple[list[Leak], list[Column], Leak | None]:
    """The columns that lift the figure far beyond what all others reach together are taken out, one
    after the other. One that nothing else speaks against stays, and is told."""
    spans = spans_of([*([time] if time else []), *columns])
    spans = [one for one in spans if not kept & {*one.parts}]
    found = dict(found) | {one.name: alone(one, won, rows=range(len(won))) for one in spans}
    left, leaks, carried = [*columns, *spans], [], None
    free = set(kept)
    while leak := _dominant(left, won, found=found, kept=free):
        one = next(one for one in left if one.name == leak.column)
        if _is_spoken_against(one, found[one.name]):
            name = one.parts[1] if one.parts else one.name
            leak = Leak(name, LENGTH if one.parts else leak.reason, leak.auc, leak.others)
            leaks.append(leak)
            left = [two for two in left if name not in (two.name, *two.parts)]
        else:
            carried = carried or leak
            free.add(one.name)
    return leaks, left, carried


def _is_spoken_against(column: Column, found: Alone) -> bool:
    """A figure that is strong may be an honest one: it takes a value that makes sure, or that it
    is the length of a talk, or the time until something that comes at the end."""
    if column.parts:
        within_a_day = all(abs(one) < 1 for one in column.values if one is not None)
        return within_a_day or says_end(column.parts[1])
    return column.kind not in FIGURES or found.makes_sure or says_length(column)


def _dominant(
    columns: Sequence[Column],
    won: Sequence[bool],
    *,
    found: Mapping[str, Alone],
    kept: Collection[str],
) -> Leak | None:
    """Strong alone, and without it much is gone."""
    suspects = [
        one
        for one in columns
        if found[one.name].auc >= (0.7 if says_length(one) else 0.75) and one.name not in kept
    ]
    suspects = sorted(suspects, key=lambda one: -found[one.name].auc)[:MOST_SUSPECTS]
    if not suspects or len(columns) < 3:
        return None
    rows = _some(len(won))
    whole = _quick_auc(columns, won, rows)
    for one in suspects:
        others = _quick_auc([two for two in columns if not _is_of(two, one)], won, rows)
        auc = found[one.name].auc
        certain = max(certain_shares(found[one.name].counts, sum(won), len(won)))
        is_talk = says_length(one) and whole - others >= TALKED
        if is_talk or (auc > others - 0.02 and whole - others >= _allowed(auc, certain)):
            return Leak(one.name, DOMINANT, auc, others)
    return None


def _is_of(column: Column, suspect: Column) -> bool:
    """Itself, or made of it; what a span was made of is away with it."""
    return column is suspect or bool({column.name, *column.parts} & {suspect.name, *suspect.parts})


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
        encoder = encoder_of(columns, here, truth[taught])
        model = learning.boosting(encoder, leaves=QUICK)
        learning.learn(model, encoder.for_boosting(), truth[taught])
        figures_there = encoder.for_boosting([rows[at] for at in judged])
        for at, chance in zip(judged, learning.chances(model, figures_there), strict=True):
            said[at] = chance
    return figures.area_under_curve(said, [won[at] for at in rows])
