"""Which rows are compared at all: those that have something rare in common. Brings numpy.

Each two columns make keys of the beginnings (and ends) of their values; rows that share keys are
candidates, the more the rarer what they share. So a typo in one column hides nobody, and a common
name brings nobody together by itself.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations, product
from math import log2
from typing import Any

import numpy as np

from baton.records.duplicates.rules.cleaning import sound
from baton.records.duplicates.rules.columns import DIGITS, NAMES, Kind
from baton.records.duplicates.rules.comparing import PERSONAL, Table
from baton.records.duplicates.rules.levels import Places

LARGEST = 60  # rows with one key; more share nothing that is rare
MOST = 12_000_000  # meetings of two rows under one key, all told
AT_ONCE = 3_000_000  # meetings that are held before they are summed up
ENOUGH = 0.7  # of what tells one row from all others
Numbers = np.ndarray[Any, np.dtype[np.float32]]
Meetings = tuple[Places, Numbers]  # two rows as one number, and how rare what they share is


def candidates(table: Table) -> tuple[Places, Places]:
    """Pairs of rows, each once, the lower one first."""
    size = len(table.rows)
    blocks: dict[int, list[Places]] = defaultdict(list)
    for rows, keys in _keys(table):
        for block in _blocks(rows, keys):
            blocks[block.shape[1]].append(block)
    pairs, rare = _met(blocks, size)
    pairs = pairs[rare >= ENOUGH * log2(max(size, 2))]
    return pairs // max(size, 1), pairs % max(size, 1)


def _met(blocks: dict[int, list[Places]], size: int) -> Meetings:
    """The smallest blocks first: what few share says most."""
    met: Meetings = (np.array([], dtype=np.int64), np.array([], dtype=np.float32))
    waiting: list[Meetings] = []
    total = held = 0
    for each in sorted(blocks):
        ones, others = np.triu_indices(each, 1)
        rare = log2(size / each) if size > each else 0.5
        for block in _in_parts(blocks.pop(each), len(ones)):
            pairs = (block[:, ones] * size + block[:, others]).ravel()
            waiting.append((pairs, np.full(len(pairs), rare, dtype=np.float32)))
            total, held = total + len(pairs), held + len(pairs)
            if held > AT_ONCE:
                met, waiting, held = _summed([met, *waiting]), [], 0
            if total > MOST:
                return _summed([met, *waiting])
    return _summed([met, *waiting])


def _in_parts(blocks: list[Places], meetings: int) -> Iterator[Places]:
    every = max(1, AT_ONCE // meetings)
    for block in blocks:
        for start in range(0, len(block), every):
            yield block[start : start + every]


def _summed(parts: Sequence[Meetings]) -> Meetings:
    pairs, where = np.unique(np.concatenate([part[0] for part in parts]), return_inverse=True)
    rare = np.concatenate([part[1] for part in parts])
    return pairs, np.bincount(where, weights=rare, minlength=len(pairs)).astype(np.float32)


def _blocks(rows: Places, keys: Places) -> Iterator[Places]:
    """The rows of each key that a few have, those of as many rows together in one array."""
    order = np.argsort(keys, kind="stable")
    rows, keys = rows[order], keys[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
    sizes = np.diff(np.append(starts, len(keys)))
    for each in np.unique(sizes):
        if 1 < each <= LARGEST:
            yield rows[starts[sizes == each][:, None] + np.arange(each)]


def _keys(table: Table) -> Iterator[tuple[Places, Places]]:
    """Families of keys: rows that may meet, and what each of them has. No row has a key twice."""
    columns = list(zip(*table.rows, strict=True))
    marks = [_marked(kind, said) for kind, said in zip(table.kinds, columns, strict=True)]
    for kind, said in zip(table.kinds, columns, strict=True):
        yield _told([value if len(value) > 3 else "" for value in said])
        if kind is Kind.MAIL:
            yield _told([value.partition("@")[0] for value in said])
    for ones, others in combinations(marks, 2):
        for one, other in product(ones, others):
            both = np.flatnonzero((one > 0) & (other > 0))
            yield both, one[both] * (int(other.max(initial=0)) + 1) + other[both]
    yield _told([_name(table.kinds, values) for values in table.rows])
    yield _words(table)


def _told(said: Sequence[Hashable]) -> tuple[Places, Places]:
    """Of rows that say something."""
    known: dict[Hashable, int] = {"": 0}
    codes = np.array([known.setdefault(value, len(known)) for value in said], dtype=np.int64)
    rows = np.flatnonzero(codes)
    return rows, codes[rows]


def _marked(kind: Kind, said: Sequence[str]) -> list[Places]:
    """What each row has of a column; of digits their beginning and their end."""
    by_value = {value: _marks(kind, value) for value in {*said}}
    known: dict[str, int] = {"": 0}
    found = []
    for at in range(max((len(marks) for marks in by_value.values()), default=0)):
        texts = (by_value[value][at] if len(by_value[value]) > at else "" for value in said)
        found.append(np.array([known.setdefault(text, len(known)) for text in texts]))
    return found


def _marks(kind: Kind, value: str) -> tuple[str, ...]:
    """What a slip in the rest of the value leaves alone."""
    if not value:
        return ()
    if kind in DIGITS:
        return (value,) if len(value) < 5 else (value[:4], "-" + value[-4:])
    if kind in NAMES:
        return (sound(value.split()[0])[:4] or value[:3],)
    return (value[:4],)


def _name(kinds: Sequence[Kind], values: Sequence[str]) -> Hashable:
    """How the whole name sounds, in whatever order."""
    told = zip(kinds, values, strict=True)
    heard = sorted(
        sound(word) for kind, value in told if kind in PERSONAL for word in value.split()
    )
    return tuple(heard) if len(heard) > 1 else ""


def _words(table: Table) -> tuple[Places, Places]:
    """Two words that stand in one column."""
    known: dict[Hashable, int] = {}
    by_value: dict[tuple[Kind, str], list[int]] = {}
    found: list[tuple[int, int]] = []
    for row, values in enumerate(table.rows):
        keys: set[int] = set()
        for told in zip(table.kinds, values, strict=True):
            if told not in by_value:
                pairs = _pairs_of_words(*told)
                by_value[told] = [known.setdefault(pair, len(known)) for pair in pairs]
            keys.update(by_value[told])
        found += ((row, key) for key in keys)
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _pairs_of_words(kind: Kind, value: str) -> Iterator[Hashable]:
    if kind not in DIGITS:
        words = sorted({word for word in value.split() if len(word) > 2})
        for one, other in combinations(words[:5], 2):
            yield kind, one, other
