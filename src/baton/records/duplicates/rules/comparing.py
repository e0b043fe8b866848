"""How alike two values of one column are, in four levels; names and addresses may be swapped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_sort_ratio

from baton.records.duplicates.rules.cleaning import sound
from baton.records.duplicates.rules.columns import Kind
from baton.records.duplicates.rules.nicknames import NICKNAMES

MISSING, DIFFERENT, SOMEHOW, CLOSE, EQUAL = -1, 0, 1, 2, 3
PERSONAL = frozenset({Kind.GIVEN, Kind.SURNAME, Kind.NAME})


@dataclass(frozen=True)
class Table:
    """The columns that tell something, cleaned: ``rows[row][column]``."""

    kinds: tuple[Kind, ...]
    rows: Sequence[tuple[str, ...]]


def is_told_by_name(mailbox: str, names: Sequence[str]) -> bool:
    """Whether anybody of this name has such a mailbox: the same one elsewhere tells no more than
    the name does. Two digits make it somebody's own."""
    if sum(sign.isdigit() for sign in mailbox) > 1:
        return False
    rest = "".join(sign for sign in mailbox if sign.isalpha())
    for word in sorted(names, key=len, reverse=True):
        rest = rest.replace(word, "", 1) if len(word) > 2 else rest
    return len(rest) < 2


def compare_digits(one: str, other: str) -> int:
    """One slip of the finger, transposed neighbours among them, is close."""
    if min(len(one), len(other)) < 4:
        return DIFFERENT if min(len(one), len(other)) < 3 else _slips(one, other, close=0)
    return _slips(one, other, close=1)


def compare_phones(one: str, other: str) -> int:
    """As digits; the same with and without what is dialled before."""
    if min(len(one), len(other)) > 6 and (one.endswith(other) or other.endswith(one)):
        return CLOSE
    return compare_digits(one, other)


def _slips(one: str, other: str, *, close: int) -> int:
    slips = OSA.distance(one, other, score_cutoff=close + 1)
    if slips <= close:
        return CLOSE
    if slips <= close + 1:
        return SOMEHOW
    return SOMEHOW if len(one) > 3 and sorted(one) == sorted(other) else DIFFERENT


def compare_names(one: str, other: str) -> int:
    """Typos, short forms, an initial."""
    if NICKNAMES.get(one, {one}) & NICKNAMES.get(other, {other}):
        return CLOSE
    first, *more = one.split()
    other_first, *other_more = other.split()
    if first == other_first and len(first) > 1:
        is_other = more and other_more and more[0][0] != other_more[0][0]
        return SOMEHOW if is_other else CLOSE
    alike = JaroWinkler.similarity(one, other)
    slips = OSA.distance(one, other)
    if (slips <= 1 and min(len(one), len(other)) > 2) or (alike >= 0.92 and slips <= 3):
        return CLOSE
    if alike >= 0.85 or ((len(one) == 1 or len(other) == 1) and one[0] == other[0]):
        return SOMEHOW
    words = set(one.split()), set(other.split())
    if (len(words[0]) > 1 or len(words[1]) > 1) and words[0] & words[1]:
        return SOMEHOW
    return SOMEHOW if len(sound(one)) > 2 and sound(one) == sound(other) else DIFFERENT


def compare_whole_names(one: str, other: str) -> int:
    """As texts; and word by word: a short form or an initial stands for its word."""
    level = compare_texts(one, other)
    if level >= CLOSE:
        return level
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) < 2 or len(max(short, key=len)) < 2:
        return level
    if level < SOMEHOW and not _may_be_one(short, long):
        return level
    rest, levels = list(long), []
    for word in sorted(short, key=len, reverse=True):  # an initial takes what is left
        found = max(rest, key=partial(_word_level, word))
        levels.append(_word_level(word, found))
        rest.remove(found)
    return max(level, min(*levels, CLOSE))


def _may_be_one(short: Sequence[str], long: Sequence[str]) -> bool:
    """By a word or all first letters in common: most strangers have neither."""
    signs = {word[0] for word in long}
    return all(word[0] in signs for word in short) or any(
        len(word) > 2 and word in long for word in short
    )


def _word_level(one: str, other: str) -> int:
    return EQUAL if one == other else compare_names(one, other)


def compare_texts(one: str, other: str) -> int:
    """Typos, words in another order, words left out."""
    bare, bare_other = one.replace(" ", ""), other.replace(" ", "")
    size = min(len(bare), len(bare_other))
    slips = OSA.distance(bare, bare_other)
    if slips <= (0 if size < 4 else 1 if size < 9 else 2):
        return CLOSE
    words, others = set(one.split()), set(other.split())
    if size > 3 and (words <= others or others <= words):
        return CLOSE if min(len(words), len(others)) > 1 else SOMEHOW
    alike = token_sort_ratio(one, other)
    if alike >= 88:
        return CLOSE
    return SOMEHOW if alike >= 74 or JaroWinkler.similarity(one, other) >= 0.88 else DIFFERENT


def compare_mails(one: str, other: str) -> int:
    """A slip in it; the same name at another house. Who has another number is somebody else."""
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips <= 1 or (slips == 2 and _figures(one) == _figures(other)):
        return CLOSE
    local, other_local = one.partition("@")[0], other.partition("@")[0]
    return SOMEHOW if len(local) > 3 and local == other_local else DIFFERENT


def _figures(text: str) -> list[str]:
    return [sign for sign in text if sign.isdigit()]
