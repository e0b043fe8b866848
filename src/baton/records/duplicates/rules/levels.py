"""All pairs of a table at once: the level of each column. Brings numpy.

``comparing`` says what alike means. Here each two values are compared once, and most of them, who
have nothing in common, by a few figures that C reckons for all of them.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cpdist

from baton.records.duplicates.rules import comparing
from baton.records.duplicates.rules.cleaning import sound
from baton.records.duplicates.rules.columns import ADDRESS, DIGITS, Kind
from baton.records.duplicates.rules.comparing import CLOSE, EQUAL, MISSING, PERSONAL, SOMEHOW, Table
from baton.records.duplicates.rules.nicknames import NICKNAMES

Places = np.ndarray[Any, np.dtype[np.int64]]
Levels = np.ndarray[Any, np.dtype[np.int8]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Texts = Sequence[str]
AT_ONCE = 400_000  # pairs of values whose figures are held at a time


class Comparer:
    """``codes[row, column]``: the place of a value among ``values``; 0 where nothing is said."""

    def __init__(self, table: Table) -> None:
        known: dict[str, int] = {"": 0}
        self.kinds = table.kinds
        self.codes: Places = np.array(
            [[known.setdefault(value, len(known)) for value in row] for row in table.rows],
            dtype=np.int64,
        ).reshape(len(table.rows), len(table.kinds))
        self.values = list(known)
        self._swaps = _swaps(table.kinds)
        self._names = [at for at, kind in enumerate(table.kinds) if kind in PERSONAL]

    def levels(self, ones: Places, others: Places) -> Levels:
        """A row for each pair of rows."""
        first, second = self.codes[ones], self.codes[others]
        found = np.empty(first.shape, dtype=np.int8)
        for place in range(len(self.kinds)):
            found[:, place] = self._column(place, first[:, place], second[:, place])
        for a, b in self._swaps:
            self._swap(found, first, second, a, b)
        for place, kind in enumerate(self.kinds):
            if kind is Kind.MAIL:
                asked = np.flatnonzero((found[:, place] == SOMEHOW) | (found[:, place] == CLOSE))
                for at in asked.tolist():
                    if self._says_the_names(place, first[at].tolist(), second[at].tolist()):
                        found[at, place] = MISSING
        return found

    def _column(self, place: int, ones: Places, others: Places) -> Levels:
        found = np.where(ones == others, EQUAL, MISSING).astype(np.int8)
        found[(ones == 0) | (others == 0)] = MISSING
        unlike = np.flatnonzero((ones != others) & (ones > 0) & (others > 0))
        size = len(self.values)
        low, high = (
            np.minimum(ones[unlike], others[unlike]),
            np.maximum(ones[unlike], others[unlike]),
        )
        pairs, where = np.unique(low * size + high, return_inverse=True)
        found[unlike] = self._of_values(self.kinds[place], pairs // size, pairs % size)[where]
        return found

    def _of_values(self, kind: Kind, ones: Places, others: Places) -> Levels:
        judged = np.zeros(len(ones), dtype=np.int8)
        compare, may_be_alike = _comparison(kind)
        for start in range(0, len(ones), AT_ONCE):
            first = [self.values[at] for at in ones[start : start + AT_ONCE].tolist()]
            second = [self.values[at] for at in others[start : start + AT_ONCE].tolist()]
            for at in np.flatnonzero(may_be_alike(first, second)).tolist():
                pair = sorted((first[at], second[at]))
                judged[start + at] = compare(*pair)
        return judged

    def _swap(self, found: Levels, first: Places, second: Places, a: int, b: int) -> None:
        """What was typed into the wrong column is close, when it is alike there."""
        asked = np.flatnonzero((found[:, a] < CLOSE) & (found[:, b] < CLOSE))
        there = self._column(a, first[asked, a], second[asked, b])
        back = self._column(b, first[asked, b], second[asked, a])
        worse, better = np.minimum(there, back), np.maximum(there, back)
        both = asked[(worse >= SOMEHOW) & (better >= CLOSE)]
        level = np.where(worse >= CLOSE, CLOSE, SOMEHOW)[(worse >= SOMEHOW) & (better >= CLOSE)]
        found[both, a] = found[both, b] = level
        for at in asked[(worse == MISSING) & (better >= CLOSE)]:
            place = a if found[at, a] != MISSING else b
            if found[at, place] != MISSING or found[at, a] == found[at, b] == MISSING:
                found[at, place] = CLOSE

    def _says_the_names(self, place: int, one: Sequence[int], other: Sequence[int]) -> bool:
        """The same mailbox at another house, or nearly the same one (``alind@`` and ``clind@``):
        where both are made of the names, they say no more than the names do."""
        box, other_box = (self.values[row[place]].partition("@")[0] for row in (one, other))
        if not self._is_told_by_name(box, one):
            return False
        return box == other_box or self._is_told_by_name(other_box, other)

    def _is_told_by_name(self, mailbox: str, row: Sequence[int]) -> bool:
        names = [word for at in self._names for word in self.values[row[at]].split()]
        return comparing.is_told_by_name(mailbox, names)


def _swaps(kinds: Sequence[Kind]) -> list[tuple[int, int]]:
    """Columns whose values people mix up: given name and surname, the parts of an address."""
    places = range(len(kinds))
    texts = ADDRESS - DIGITS - {Kind.REGION}
    return [
        (a, b)
        for a in places
        for b in places
        if a < b
        and ({kinds[a], kinds[b]} == {Kind.GIVEN, Kind.SURNAME} or {kinds[a], kinds[b]} <= texts)
    ]


def _comparison(
    kind: Kind,
) -> tuple[Callable[[str, str], int], Callable[[Texts, Texts], Flags]]:
    """How two values are compared, and which of many pairs need not be: they differ."""
    if kind is Kind.PHONE:
        return comparing.compare_phones, _phones
    if kind in DIGITS:
        return comparing.compare_digits, _digits
    if kind in {Kind.GIVEN, Kind.SURNAME}:
        return comparing.compare_names, _names
    if kind is Kind.NAME:
        return comparing.compare_whole_names, _whole_names
    if kind is Kind.MAIL:
        return comparing.compare_mails, _mails
    return comparing.compare_texts, _texts


def _slips(ones: Texts, others: Texts, most: int) -> Flags:
    found: Flags = cpdist(ones, others, scorer=OSA.distance, score_cutoff=most) <= most
    return found


def _resembles(ones: Texts, others: Texts, least: float) -> Flags:
    found: Flags = cpdist(ones, others, scorer=JaroWinkler.similarity, dtype=np.float32) >= least
    return found


def _shares(ones: Texts, others: Texts, marks: Callable[[str], frozenset[str]]) -> Flags:
    known = {text: marks(text) for text in {*ones, *others}}
    pairs = zip(ones, others, strict=True)
    found = [not known[one].isdisjoint(known[other]) for one, other in pairs]
    return np.array(found, dtype=bool)


def _digits(ones: Texts, others: Texts) -> Flags:
    found: Flags = _slips(ones, others, 2) | _shares(ones, others, _anagram)
    return found


def _phones(ones: Texts, others: Texts) -> Flags:
    ends = [a.endswith(b) or b.endswith(a) for a, b in zip(ones, others, strict=True)]
    found: Flags = _digits(ones, others) | np.array(ends, dtype=bool)
    return found


def _anagram(text: str) -> frozenset[str]:
    return frozenset(("".join(sorted(text)),))


def _names(ones: Texts, others: Texts) -> Flags:
    found: Flags = _slips(ones, others, 1) | _resembles(ones, others, 0.849)
    found |= _shares(ones, others, _of_name) | _initials(ones, others)
    return found


def _of_name(name: str) -> frozenset[str]:
    """A word, a short form or a sound that two names have to share."""
    heard = {"~" + sound(name)} if len(sound(name)) > 2 else set()
    return frozenset({*name.split(), *heard, *("=" + one for one in NICKNAMES.get(name, {name}))})


def _initials(ones: Texts, others: Texts) -> Flags:
    pairs = zip(ones, others, strict=True)
    short = [len(a) == 1 or len(b) == 1 for a, b in pairs]
    return np.array(short, dtype=bool)


def _whole_names(ones: Texts, others: Texts) -> Flags:
    firsts = {text: {word[0] for word in text.split()} for text in {*ones, *others}}
    begins = [
        firsts[a] <= firsts[b] or firsts[b] <= firsts[a] for a, b in zip(ones, others, strict=True)
    ]
    found: Flags = _texts(ones, others) | _shares(ones, others, _words)
    found |= np.array(begins, dtype=bool)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _mails(ones: Texts, others: Texts) -> Flags:
    found: Flags = _slips(ones, others, 2) | _shares(ones, others, _mailbox)
    return found


def _mailbox(mail: str) -> frozenset[str]:
    return frozenset((mail.partition("@")[0],))


def _texts(ones: Texts, others: Texts) -> Flags:
    bare = {text: text.replace(" ", "") for text in {*ones, *others}}
    found = _slips([bare[text] for text in ones], [bare[text] for text in others], 2)
    sorted_alike = cpdist(ones, others, scorer=token_sort_ratio, score_cutoff=74) >= 74
    words = {text: {*text.split()} for text in bare}
    within = [
        words[a] <= words[b] or words[b] <= words[a] for a, b in zip(ones, others, strict=True)
    ]
    found |= np.array(within, dtype=bool) | _resembles(ones, others, 0.879) | sorted_alike
    return found
