"""How much each level says for or against two rows being one: Fellegi and Sunter, learnt by EM.

Two rows tell of one person, of two who share a household, or of strangers. What strangers have in
common is counted: by the frequency of each value, and on pairs drawn by lot. What the other two
have in common is estimated from the candidates, without any example. In all that a household does
not share, its people are strangers, but for a mailbox now and then.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from random import Random

from baton.records.duplicates.rules.columns import ADDRESS, Kind
from baton.records.duplicates.rules.comparing import (
    DIFFERENT,
    EQUAL,
    MISSING,
    Comparer,
    Pattern,
    Table,
)

DRAWN = 20_000  # pairs of strangers
ROUNDS = 25
UNNAMED = frozenset({Kind.TEXT, Kind.CODE})
TOGETHER = ADDRESS | UNNAMED | {Kind.SURNAME, Kind.PHONE, Kind.COMPANY, Kind.MAIL}
ONE = (0.07, 0.06, 0.12, 0.75)  # first guess of one person's rows, by level
SHARED = (0.08, 0.02, 0.05, 0.85)
UNKNOWN = (0.4, 0.1, 0.1, 0.4)
RARELY = {Kind.MAIL: (0.945, 0.003, 0.002, 0.05)}  # a household's at least so often
NEVER = (1.0, 0.0, 0.0, 0.0)
WEIGHT_OF_GUESS = 6.0  # pairs
MOST_DIFFERENT = 0.3  # a person's rows do not differ more often than that in what is theirs alone
Levels = list[float]


@dataclass
class Weights:
    """Learnt from one table: how often each level comes, by column."""

    shared: frozenset[int]  # columns of what people of a household may have in common
    strangers: list[Levels]
    frequency: list[Mapping[str, float]]
    same: list[Levels]
    household: list[Levels]
    same_share: float  # of all pairs
    household_share: float

    def odds(self, pattern: Pattern, values: Sequence[str]) -> tuple[float, float]:
        """How much likelier than strangers: one person, and two of a household.

        ``values`` are those of either row.
        """
        same, household = self.same_share, self.household_share
        for place, level in enumerate(pattern):
            if level != MISSING:
                by_chance = self.strangers[place][level]
                if level == EQUAL:
                    by_chance = self.frequency[place].get(values[place], by_chance)
                same *= self.same[place][level] / by_chance
                if place in self.shared:
                    household *= self.household[place][level] / by_chance
        return same, household

    def score(self, pattern: Pattern, values: Sequence[str]) -> float:
        """log2 of the odds that two rows of this pattern are one person."""
        same, household = self.odds(pattern, values)
        return log2(max(same, 1e-30) / (household + 1))


def learn(table: Table, comparer: Comparer, patterns: Mapping[tuple[int, int], Pattern]) -> Weights:
    """Weights for this table, from its candidates and their patterns."""
    size = len(table.rows)
    everybody = max(size * (size - 1) / 2, 1.0)
    columns = range(len(table.kinds))
    weights = Weights(
        shared=frozenset(place for place in columns if table.kinds[place] in TOGETHER),
        strangers=_strangers(table, comparer),
        frequency=[_frequency(row[place] for row in table.rows) for place in columns],
        same=[list(ONE) for _ in columns],
        household=[list(_guess(kind)) for kind in table.kinds],
        same_share=max(size / 5, 1) / everybody,
        household_share=_bound(table.kinds) * max(size / 20, 1) / everybody,
    )
    for _ in range(ROUNDS):
        if not _learn_more(weights, table, patterns, everybody=everybody):
            break
    return weights


def _bound(kinds: Sequence[Kind]) -> bool:
    """Whether something tells people of a household apart; shops have no such thing."""
    return bool({*kinds} - TOGETHER)


def _guess(kind: Kind) -> tuple[float, ...]:
    return RARELY.get(kind) or (UNKNOWN if kind in UNNAMED else SHARED)


def _learn_more(
    weights: Weights,
    table: Table,
    patterns: Mapping[tuple[int, int], Pattern],
    *,
    everybody: float,
) -> bool:
    """One round of EM; whether it moved anything."""
    counts = [[[share * WEIGHT_OF_GUESS for share in ONE] for _ in table.kinds]]
    counts += [[[share * WEIGHT_OF_GUESS for share in _guess(kind)] for kind in table.kinds]]
    found = [0.5, 0.5 * _bound(table.kinds)]
    for (one, _other), pattern in patterns.items():
        odds = weights.odds(pattern, table.rows[one])
        whole = 1 + sum(odds)
        for which, part in enumerate(odds):
            share = part / whole
            if share > 0.001:
                found[which] += share
                for place, level in enumerate(pattern):
                    if level != MISSING:
                        counts[which][place][level] += share
    before = weights.same_share
    weights.same = [_told_apart(_shares(column)) for column in counts[0]]
    weights.household = [
        max(_shares(column), [*RARELY.get(kind, NEVER)], key=lambda shares: shares[EQUAL])
        for kind, column in zip(table.kinds, counts[1], strict=True)
    ]
    weights.same_share, weights.household_share = (count / everybody for count in found)
    return abs(before - weights.same_share) > before / 500


def _shares(counts: Levels) -> Levels:
    return [count / sum(counts) for count in counts]


def _told_apart(shares: Levels) -> Levels:
    """Without it, a household that has everything but the names in common passes for a person."""
    if shares[DIFFERENT] <= MOST_DIFFERENT:
        return shares
    rest = 1 - shares[DIFFERENT]
    kept = [share * (1 - MOST_DIFFERENT) / rest for share in shares]
    return [MOST_DIFFERENT, *kept[1:]]


def _strangers(table: Table, comparer: Comparer) -> list[Levels]:
    """By column the share of each level among pairs drawn by lot."""
    lot, size = Random(7), len(table.rows)  # noqa: S311 -- a sample, no secret
    counts = [[1.0, 0.5, 0.1, 0.05] for _ in table.kinds]
    for _ in range(min(DRAWN, size * 20)):
        one, other = lot.randrange(size), lot.randrange(size)
        if one != other:
            for place, level in enumerate(comparer.pattern(one, other)):
                if level != MISSING:
                    counts[place][level] += 1
    return [_shares(column) for column in counts]


def _frequency(values: Iterable[str]) -> dict[str, float]:
    """How probable it is that a stranger has this value: the rarer, the more it says."""
    counts = Counter(value for value in values if value)
    total = sum(counts.values())
    return {value: max(count - 1, 1) / total for value, count in counts.items()}
