"""Who is who in a table of people: groups of rows that are one. Brings numpy."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from baton.records.duplicates.rules.blocking import candidates
from baton.records.duplicates.rules.columns import (
    Kind,
    are_people,
    cleaner,
    recognise_all,
    split_names,
)
from baton.records.duplicates.rules.comparing import DIFFERENT, Table
from baton.records.duplicates.rules.levels import Comparer, Places
from baton.records.duplicates.rules.weighing import Numbers, Weights, learn

SURE = 0.3  # bits: a quarter likelier one person than two
MOST = 12.0  # bits that one pair has to say of two groups
ASKED = 12  # rows of a group that are asked
TOGETHER = 40  # rows whose pairs are all weighed at once


@dataclass(frozen=True)
class Found:
    """Rows that are one, and what each column was taken for; None: it tells nothing."""

    groups: list[list[int]]
    kinds: list[Kind | None]

    def pairs(self) -> set[tuple[int, int]]:
        """Each two rows of each group, the lower one first."""
        return {pair for group in self.groups for pair in combinations(sorted(group), 2)}


def find_duplicates(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Found:
    """Nothing is known of the table but itself."""
    columns = list(zip(*rows, strict=True)) or [() for _ in headers]
    kinds = recognise_all(headers, columns)
    table = _cleaned(columns, kinds)
    ones, others = candidates(table)
    if not len(ones):
        return Found(groups=[], kinds=kinds)
    comparer = Comparer(table)
    levels, codes = comparer.levels(ones, others), comparer.codes[ones]
    weights = learn(comparer, levels, codes)
    scores = weights.scores(levels, codes)
    sure = scores >= SURE
    agreement = Agreement(comparer, weights)
    return Found(_groups(ones[sure], others[sure], scores[sure], agreement), kinds)


def _cleaned(columns: Sequence[Sequence[str]], kinds: Sequence[Kind | None]) -> Table:
    """The columns that tell something, ready to be compared; whole names in two."""
    telling: list[tuple[Kind, Sequence[str]]] = []
    for kind, said in zip(kinds, columns, strict=True):
        if kind is Kind.NAME and are_people(said):
            telling += zip((Kind.GIVEN, Kind.SURNAME), split_names(said), strict=True)
        elif kind:
            telling.append((kind, said))
    rows = zip(*(_clean(kind, said) for kind, said in telling), strict=True)
    return Table(kinds=tuple(kind for kind, _ in telling), rows=list(rows))


def _clean(kind: Kind, said: Sequence[str]) -> list[str]:
    clean = cleaner(kind, said)
    return [clean(value) for value in said]


class Agreement:
    """What the rows of two groups say of each other; a pair of rows is weighed once. Those that
    have too little in common to be one, and differ in nothing, speak not against it."""

    def __init__(self, comparer: Comparer, weights: Weights) -> None:
        self._comparer, self._weights = comparer, weights
        self._known: dict[tuple[int, int], float] = {}

    def learn(self, pairs: Iterable[tuple[int, int]]) -> None:
        asked = [pair for pair in pairs if pair not in self._known]
        if asked:
            ones, others = np.array(asked, dtype=np.int64).T
            levels = self._comparer.levels(ones, others)
            scores = self._weights.scores(levels, self._comparer.codes[ones])
            speaks_against = (levels == DIFFERENT).any(axis=1)
            scores = np.where(speaks_against, scores, np.maximum(scores, 0))
            self._known.update(zip(asked, np.clip(scores, -MOST, MOST).tolist(), strict=True))

    def of(self, first: Sequence[int], second: Sequence[int]) -> float:
        """The mean score of each with each."""
        pairs = [_ordered(one, other) for one in first[:ASKED] for other in second[:ASKED]]
        self.learn(pairs)
        return sum(self._known[pair] for pair in pairs) / len(pairs)


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _groups(ones: Places, others: Places, scores: Numbers, agreement: Agreement) -> list[list[int]]:
    """The surest pairs first; two groups become one where their rows on average say so."""
    order = np.lexsort((others, ones, scores))[::-1]
    pairs = list(zip(ones[order].tolist(), others[order].tolist(), strict=True))
    agreement.learn(_within(pairs))
    group_of: dict[int, list[int]] = {}
    for one, other in pairs:
        first, second = group_of.get(one, [one]), group_of.get(other, [other])
        if first is second:
            continue
        if len(first) + len(second) > 2 and agreement.of(first, second) <= 0:
            continue
        joined = [*first, *second]
        group_of.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in group_of.values()}.values())


def _within(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each two rows that hang together by such pairs, where those are not too many."""
    root: dict[int, int] = {}

    def top(row: int) -> int:
        while (above := root.setdefault(row, row)) != row:
            root[row] = root[above]
            row = above
        return row

    for one, other in pairs:
        root[top(one)] = top(other)
    together: dict[int, list[int]] = defaultdict(list)
    for row in root:
        together[top(row)].append(row)
    for rows in together.values():
        if 2 < len(rows) <= TOGETHER:
            yield from combinations(sorted(rows), 2)
