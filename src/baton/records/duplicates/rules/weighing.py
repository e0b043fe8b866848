"""How much each level says for or against two rows being one: Fellegi and Sunter, learnt by EM.

Two rows tell of one person, of two who share a household, a firm or a town, or of strangers; who
has moved since shares no address with himself, nor with those he lived with. What strangers have in
common is counted: by the frequency of each value, and on pairs drawn by lot. What the others have
in common is estimated from the candidates, without any example. In all that a household, a firm or
a town does not share, its people are strangers.
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
LEARNT_FROM = 40_000  # candidates
ROUNDS = 10  # more would learn the few and odd pairs of a small table by heart
UNNAMED = frozenset({Kind.TEXT, Kind.CODE})
HOUSEHOLD = ADDRESS | UNNAMED | {Kind.SURNAME, Kind.PHONE, Kind.MAIL}
FIRM = ADDRESS | UNNAMED | {Kind.COMPANY, Kind.PHONE, Kind.MAIL}
TOWN = frozenset({Kind.PLACE, Kind.POSTCODE, Kind.REGION})
TOGETHER = HOUSEHOLD | FIRM
ONE = (0.07, 0.06, 0.12, 0.75)  # first guess of one person's rows, by level
SHARED = (0.08, 0.02, 0.05, 0.85)
UNKNOWN = (0.4, 0.1, 0.1, 0.4)
RARELY = {Kind.MAIL: (0.945, 0.003, 0.002, 0.05)}  # a household's at least so often
NEVER = (1.0, 0.0, 0.0, 0.0)
WEIGHT_OF_GUESS = 6.0  # pairs
MOST_DIFFERENT = 0.3  # a person's rows do not differ more often than that in what is theirs alone
# Nobody has another first name at every turn, nor was born on another day.
SELDOM_DIFFERENT = {Kind.GIVEN: 0.15, Kind.BIRTH: 0.25, Kind.ID: 0.2}
Levels = list[float]


@dataclass
class Bond:
    """What two rows may have to do with each other: one person's, or two people's."""

    is_one: bool
    places: frozenset[int]  # columns of what they have in common; in all others they are strangers
    levels: list[Levels]  # how often each comes, by column; who moved has those of who stayed
    share: float  # of all pairs


@dataclass
class Weights:
    """Learnt from one table."""

    strangers: list[Levels]
    frequency: list[Mapping[str, float]]
    bonds: list[Bond]

    def odds(self, pattern: Pattern, values: Sequence[str]) -> list[float]:
        """How much likelier than strangers each bond is; ``values`` are those of either row."""
        odds = [bond.share for bond in self.bonds]
        for place, level in enumerate(pattern):
            if level != MISSING:
                by_chance = self.strangers[place][level]
                if level == EQUAL:
                    by_chance = self.frequency[place].get(values[place], by_chance)
                for at, bond in enumerate(self.bonds):
                    if place in bond.places:
                        odds[at] *= bond.levels[place][level] / by_chance
        return odds

    def score(self, pattern: Pattern, values: Sequence[str]) -> float:
        """log2 of the odds that two rows of this pattern are one person."""
        one, two = 1e-30, 1.0
        for bond, odds in zip(self.bonds, self.odds(pattern, values), strict=True):
            if bond.is_one:
                one += odds
            else:
                two += odds
        return log2(one / two)


def learn(table: Table, comparer: Comparer, patterns: Mapping[tuple[int, int], Pattern]) -> Weights:
    """Weights for this table, from its candidates and their patterns."""
    size = len(table.rows)
    weights = Weights(
        strangers=_strangers(table, comparer),
        frequency=[
            _frequency(row[place] for row in table.rows) for place in range(len(table.kinds))
        ],
        bonds=_bonds(table.kinds, size),
    )
    pairs = list(patterns.items())
    if len(pairs) > LEARNT_FROM:
        pairs = Random(7).sample(pairs, LEARNT_FROM)  # noqa: S311 -- a sample, no secret
    each = len(patterns) / max(len(pairs), 1) / _pairs(size)
    for _ in range(ROUNDS):
        if not _learn_more(weights, table, pairs, each=each):
            break
    return weights


def _pairs(size: int) -> float:
    return max(size * (size - 1) / 2, 1.0)


def _bonds(kinds: Sequence[Kind], size: int) -> list[Bond]:
    """Only those that such a table can tell from each other."""
    told = {*kinds}
    guess = [list(_guess(kind)) for kind in kinds]
    home, firm, town = list(guess), list(guess), list(guess)
    one = [list(ONE) for _ in kinds]
    may_move = len(told & ADDRESS) > 1 and bool(told - ADDRESS)
    has_others = bool(told - TOGETHER)  # of a shop's people nothing would tell them apart
    bonds = [
        (True, True, one, {*Kind}, size / 5),
        (may_move, True, one, {*Kind} - ADDRESS, size / 50),
        (has_others, False, home, HOUSEHOLD, size / 20),
        (has_others and may_move, False, home, HOUSEHOLD - ADDRESS, size / 50),
        (has_others and Kind.COMPANY in told, False, firm, FIRM, size / 20),
        (has_others and len(told & TOWN) > 1, False, town, TOWN, size / 2),
    ]
    return [
        Bond(
            is_one=is_one,
            places=frozenset(place for place, kind in enumerate(kinds) if kind in shared),
            levels=levels,
            share=max(count, 1) / _pairs(size),
        )
        for is_there, is_one, levels, shared, count in bonds
        if is_there
    ]


def _guess(kind: Kind) -> tuple[float, ...]:
    return RARELY.get(kind) or (UNKNOWN if kind in UNNAMED else SHARED)


def _learn_more(
    weights: Weights, table: Table, pairs: Sequence[tuple[tuple[int, int], Pattern]], *, each: float
) -> bool:
    """One round of EM; whether it moved anything."""
    bonds, before = weights.bonds, weights.bonds[0].share
    counts = {id(bond.levels): _first_counts(table.kinds, bond) for bond in bonds}
    found = [0.5 for _ in bonds]
    for (one, _other), pattern in pairs:
        odds = weights.odds(pattern, table.rows[one])
        whole = 1 + sum(odds)
        for at, bond in enumerate(bonds):
            share = odds[at] / whole
            if share > 0.001:
                found[at] += share
                columns = counts[id(bond.levels)]
                for place in bond.places:
                    if pattern[place] != MISSING:
                        columns[place][pattern[place]] += share
    learnt = {
        id(bond.levels): _learnt(table.kinds, counts[id(bond.levels)], is_one=bond.is_one)
        for bond in bonds
    }
    for at, bond in enumerate(bonds):
        bond.share, bond.levels = found[at] * each, learnt[id(bond.levels)]
    return abs(before - bonds[0].share) > before / 500


def _first_counts(kinds: Sequence[Kind], bond: Bond) -> list[Levels]:
    return [
        [share * WEIGHT_OF_GUESS for share in (ONE if bond.is_one else _guess(kind))]
        for kind in kinds
    ]


def _learnt(kinds: Sequence[Kind], counts: Sequence[Levels], *, is_one: bool) -> list[Levels]:
    shares = [_shares(column) for column in counts]
    if is_one:
        return [_told_apart(kind, column) for kind, column in zip(kinds, shares, strict=True)]
    return [
        max(column, [*RARELY.get(kind, NEVER)], key=lambda levels: levels[EQUAL])
        for kind, column in zip(kinds, shares, strict=True)
    ]


def _shares(counts: Levels) -> Levels:
    return [count / sum(counts) for count in counts]


def _told_apart(kind: Kind, shares: Levels) -> Levels:
    """Without it, a household that has everything but the names in common passes for a person."""
    most = SELDOM_DIFFERENT.get(kind, MOST_DIFFERENT)
    if shares[DIFFERENT] <= most:
        return shares
    rest = 1 - shares[DIFFERENT]
    kept = [share * (1 - most) / rest for share in shares]
    return [most, *kept[1:]]


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
