"""Which rows are compared at all: those that have something rare in common.

Each two columns make keys of the beginnings (and ends) of their values; rows that share keys are
candidates, the more the rarer what they share. So a typo in one column hides nobody, and a common
name brings nobody together by itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log2

from baton.records.duplicates.rules.cleaning import sound
from baton.records.duplicates.rules.columns import DIGITS, NAMES, Kind
from baton.records.duplicates.rules.comparing import Table

LARGEST = 60  # rows with one key; more share nothing that is rare
MOST = 6_000_000  # meetings of two rows under one key, all told
ENOUGH = 0.7  # of what tells one row from all others


def candidates(table: Table) -> list[tuple[int, int]]:
    """Pairs of rows, each once, the lower one first."""
    size = len(table.rows)
    blocks = sorted(_blocks(table), key=len)
    shared: dict[int, float] = defaultdict(float)
    met = 0
    for block in blocks:
        met += len(block) * (len(block) - 1) // 2
        if met > MOST:
            break
        rare = log2(size / len(block)) if size > len(block) else 0.5
        for one, other in combinations(block, 2):
            shared[one * size + other] += rare
    enough = ENOUGH * log2(size) if size > 1 else 0
    return [divmod(pair, size) for pair, rare in shared.items() if rare >= enough]


def _blocks(table: Table) -> list[list[int]]:
    blocks: dict[tuple[int | str, ...], list[int]] = defaultdict(list)
    for row, values in enumerate(table.rows):
        for key in set(_keys(table.kinds, values)):
            blocks[key].append(row)
    return [block for block in blocks.values() if 1 < len(block) <= LARGEST]


def _keys(kinds: Sequence[Kind], values: Sequence[str]) -> Iterator[tuple[int | str, ...]]:
    marks = [_marks(kind, value) for kind, value in zip(kinds, values, strict=True)]
    for a, value in enumerate(values):
        if len(value) > 3:
            yield a, value
            if kinds[a] is Kind.MAIL:
                yield a, value.partition("@")[0]
    for a, b in combinations(range(len(kinds)), 2):
        for first in marks[a]:
            for second in marks[b]:
                yield a, first, b, second
    yield from _of_words(kinds, values)


def _of_words(kinds: Sequence[Kind], values: Sequence[str]) -> Iterator[tuple[int | str, ...]]:
    """How the whole name sounds, in whatever order; two words that stand in one column."""
    told = list(zip(kinds, values, strict=True))
    named = {Kind.GIVEN, Kind.SURNAME, Kind.NAME}
    names = sorted(sound(word) for kind, value in told if kind in named for word in value.split())
    if len(names) > 1:
        yield "names", *names
    for kind, value in told:
        words = (
            sorted(word for word in value.split() if len(word) > 2) if kind not in DIGITS else []
        )
        for one, other in combinations(words[:5], 2):
            yield kind, one, other


def _marks(kind: Kind, value: str) -> tuple[str, ...]:
    """What a slip in the rest of the value leaves alone."""
    if not value:
        return ()
    if kind in DIGITS:
        return (value,) if len(value) < 5 else (value[:4], "-" + value[-4:])
    if kind in NAMES:
        return (sound(value.split()[0])[:4] or value[:3],)
    return (value[:4],)
