"""How much each level says for or against two rows being one: Fellegi and Sunter, learnt by EM.

Two rows tell of one person, of two who share a household, a firm or a town, or of strangers; who
has moved since shares no address with himself, nor with those he lived with. What strangers have in
common is counted: by the frequency of each value, and on pairs drawn by lot. What the others have
in common is estimated from the candidates, without any example. In all that a household, a firm or
a town does not share, its people are strangers. Brings numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from baton.records.duplicates.rules.columns import ADDRESS, Kind
from baton.records.duplicates.rules.comparing import DIFFERENT, EQUAL, MISSING
from baton.records.duplicates.rules.levels import Comparer, Levels, Places

SEED = 7
DRAWN = 20_000  # pairs of strangers
LEARNT_FROM = 100_000  # candidates
AT_ONCE = 200_000  # pairs that are weighed at a time
FEW = (1.0, 0.5, 0.1, 0.05)  # pairs of strangers by level, before any is drawn
ROUNDS = 10  # more would learn the few and odd pairs of a small table by heart
UNNAMED = frozenset({Kind.TEXT, Kind.CODE})
HOUSEHOLD = ADDRESS | UNNAMED | {Kind.SURNAME, Kind.PHONE, Kind.MAIL}
FIRM = ADDRESS | UNNAMED | {Kind.COMPANY, Kind.PHONE, Kind.MAIL}
AT_WORK = UNNAMED | {Kind.COMPANY, Kind.MAIL}  # goes with the post
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
SELDOM_DIFFERENT = {Kind.GIVEN: 0.05, Kind.BIRTH: 0.25, Kind.ID: 0.2}
Shares = list[float]
Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass
class Bond:
    """What two rows may have to do with each other: one person's, or two people's."""

    is_one: bool
    places: frozenset[int]  # columns of what they have in common; in all others they are strangers
    levels: list[Shares]  # how often each comes, by column; who moved has those of who stayed
    share: float  # of all pairs


@dataclass
class Weights:
    """Learnt from one table. ``by_chance[column][level + 1]``, of equal values
    ``frequency[column][code]``."""

    by_chance: list[Numbers]
    frequency: list[Numbers]
    bonds: list[Bond]

    def odds(self, levels: Levels, codes: Places) -> Numbers:
        """How much likelier than strangers each bond is, pair by pair; ``codes`` of either row."""
        odds = np.tile([bond.share for bond in self.bonds], (len(levels), 1))
        for place in range(levels.shape[1]):
            level = levels[:, place] - MISSING
            chance = self.by_chance[place][level]
            equal = levels[:, place] == EQUAL
            chance[equal] = self.frequency[place][codes[equal, place]]
            for at, bond in enumerate(self.bonds):
                if place in bond.places:
                    odds[:, at] *= np.array([1.0, *bond.levels[place]])[level] / chance
        return odds

    def scores(self, levels: Levels, codes: Places) -> Numbers:
        """log2 of the odds that two rows are one person."""
        is_one = np.array([bond.is_one for bond in self.bonds])
        found = np.empty(len(levels))
        for start in range(0, len(levels), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            odds = self.odds(levels[part], codes[part])
            one, two = odds[:, is_one].sum(axis=1), odds[:, ~is_one].sum(axis=1)
            found[part] = np.log2((1e-30 + one) / (1.0 + two))
        return found


def learn(comparer: Comparer, levels: Levels, codes: Places) -> Weights:
    """Weights for this table, from its candidates: their levels, and the values of either row."""
    size = len(comparer.codes)
    weights = Weights(
        by_chance=[np.array([1.0, *shares]) for shares in _strangers(comparer)],
        frequency=[_frequency(column, len(comparer.values)) for column in comparer.codes.T],
        bonds=_bonds(comparer.kinds, size),
    )
    each = len(levels) / max(min(len(levels), LEARNT_FROM), 1) / _pairs(size)
    if len(levels) > LEARNT_FROM:
        some = np.random.default_rng(SEED).choice(len(levels), LEARNT_FROM, replace=False)
        levels, codes = levels[some], codes[some]
    for _ in range(ROUNDS):
        if not _learn_more(weights, comparer.kinds, levels, codes, each=each):
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
    may_leave = Kind.COMPANY in told and len(told & AT_WORK) > 1 and Kind.PHONE in told
    has_others = bool(told - TOGETHER)  # of a shop's people nothing would tell them apart
    bonds = [
        (True, True, one, {*Kind}, size / 5),
        (may_move, True, one, {*Kind} - ADDRESS, size / 50),
        (may_leave, True, one, {*Kind} - AT_WORK, size / 50),
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
    weights: Weights, kinds: Sequence[Kind], levels: Levels, codes: Places, *, each: float
) -> bool:
    """One round of EM; whether it moved anything."""
    bonds, before = weights.bonds, weights.bonds[0].share
    counts = {id(bond.levels): _first_counts(kinds, bond) for bond in bonds}
    odds = weights.odds(levels, codes)
    shares = odds / (1 + odds.sum(axis=1, keepdims=True))
    shares[shares <= 0.001] = 0
    for at, bond in enumerate(bonds):
        columns = counts[id(bond.levels)]
        for place in bond.places:
            found = np.bincount(levels[:, place] - MISSING, weights=shares[:, at], minlength=5)
            columns[place] = [a + b for a, b in zip(columns[place], found[1:], strict=True)]
    learnt = {
        id(bond.levels): _learnt(kinds, counts[id(bond.levels)], is_one=bond.is_one)
        for bond in bonds
    }
    for at, bond in enumerate(bonds):
        share = (0.5 + float(shares[:, at].sum())) * each
        bond.share, bond.levels = share, learnt[id(bond.levels)]
    return abs(before - bonds[0].share) > before / 500


def _first_counts(kinds: Sequence[Kind], bond: Bond) -> list[Shares]:
    return [
        [share * WEIGHT_OF_GUESS for share in (ONE if bond.is_one else _guess(kind))]
        for kind in kinds
    ]


def _learnt(kinds: Sequence[Kind], counts: Sequence[Shares], *, is_one: bool) -> list[Shares]:
    shares = [_shares(column) for column in counts]
    if is_one:
        return [_told_apart(kind, column) for kind, column in zip(kinds, shares, strict=True)]
    return [
        max(column, [*RARELY.get(kind, NEVER)], key=lambda levels: levels[EQUAL])
        for kind, column in zip(kinds, shares, strict=True)
    ]


def _shares(counts: Shares) -> Shares:
    return [count / sum(counts) for count in counts]


def _told_apart(kind: Kind, shares: Shares) -> Shares:
    """Without it, a household that has everything but the names in common passes for a person."""
    most = SELDOM_DIFFERENT.get(kind, MOST_DIFFERENT)
    if shares[DIFFERENT] <= most:
        return shares
    rest = 1 - shares[DIFFERENT]
    kept = [share * (1 - most) / rest for share in shares]
    return [most, *kept[1:]]


def _strangers(comparer: Comparer) -> list[Shares]:
    """By column the share of each level among pairs drawn by lot."""
    lot, size = np.random.default_rng(SEED), len(comparer.codes)
    ones, others = lot.integers(0, size, (2, min(DRAWN, size * 20)))
    levels = comparer.levels(ones[ones != others], others[ones != others])
    counts = [np.bincount(column - MISSING, minlength=5)[1:] for column in levels.T]
    return [_shares([a + b for a, b in zip(FEW, column, strict=True)]) for column in counts]


def _frequency(codes: Places, size: int) -> Numbers:
    """How probable it is that a stranger has this value: the rarer, the more it says."""
    counts = np.bincount(codes, minlength=size)
    counts[0] = 0
    found: Numbers = np.maximum(counts - 1, 1) / max(int(counts.sum()), 1)
    return found
