"""Who is who in a table of people: groups of rows that are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from baton.records.duplicates.rules.blocking import candidates
from baton.records.duplicates.rules.columns import (
    Kind,
    are_people,
    cleaner,
    recognise_all,
    split_names,
)
from baton.records.duplicates.rules.comparing import Comparer, Pattern, Table
from baton.records.duplicates.rules.weighing import Weights, learn

SURE = 1.0  # bits: twice as likely one person as two


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
    comparer = Comparer(table)
    patterns = {pair: comparer.pattern(*pair) for pair in candidates(table)}
    if not patterns:
        return Found(groups=[], kinds=kinds)
    weights = learn(table, comparer, patterns)
    return Found(groups=_groups(table, comparer, weights, patterns), kinds=kinds)


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


def _groups(
    table: Table,
    comparer: Comparer,
    weights: Weights,
    patterns: dict[tuple[int, int], Pattern],
) -> list[list[int]]:
    """The surest pairs first; two groups become one where their rows on average say so."""
    scored = [
        (score, pair)
        for pair, pattern in patterns.items()
        if (score := weights.score(pattern, table.rows[pair[0]])) >= SURE
    ]
    group_of: dict[int, list[int]] = {}
    for _score, (one, other) in sorted(scored, reverse=True):
        first, second = group_of.get(one, [one]), group_of.get(other, [other])
        if first is second:
            continue
        if len(first) + len(second) > 2 and not _agree(table, comparer, weights, first, second):
            continue
        joined = [*first, *second]
        group_of.update(dict.fromkeys(joined, joined))
    return list({id(group): group for group in group_of.values()}.values())


def _agree(
    table: Table, comparer: Comparer, weights: Weights, first: list[int], second: list[int]
) -> bool:
    scores = [
        weights.score(comparer.pattern(one, other), table.rows[one])
        for one in first[:12]
        for other in second[:12]
    ]
    return sum(max(min(score, 12.0), -12.0) for score in scores) / len(scores) > 0
