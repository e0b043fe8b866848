"""What each column is, told by its values alone; the outcome is not looked at."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from baton.core.errors import gettext_noop
from baton.qualification.scoring.rules.foresight.cells import days_in, is_nothing, numbers_in

FEW = 8  # numbers of so few values are choices
MOST_LEVELS = 30
LONG = 4  # words in a cell from which on it is prose
SPREAD = 0.5  # of the filled cells differ: names, addresses, remarks
NAMES_AN_ID = re.compile(
    r"(^|[\s_-])(id|uuid|guid|key|no|nr|number|phone|mobile|email|e-mail|mail|url|website)s?($|[\s_-])"
    r"|[a-z]I[dD]$",
    re.I,
)


class Kind(StrEnum):
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"  # only whether it is filled tells something
    ID = "id"  # another one in each row
    EMPTY = "empty"
    SAME = "same"


WHY_IGNORED: Mapping[Kind, str] = {
    Kind.TEXT: gettext_noop("free text: only whether it is filled counts"),
    Kind.ID: gettext_noop("another value in each row"),
    Kind.EMPTY: gettext_noop("empty"),
    Kind.SAME: gettext_noop("the same in each row"),
}


@dataclass(frozen=True, eq=False)
class Column:
    """``values``: None where nothing is said; floats, moments or texts by kind."""

    name: str
    kind: Kind
    values: Sequence[Any] = field(repr=False)
    parts: tuple[str, ...] = ()  # the columns of the file that it was made of


def read_column(name: str, cells: Sequence[str]) -> Column:
    known = {cell: None if is_nothing(cell) else cell.strip() for cell in {*cells}}
    texts = [known[cell] for cell in cells]
    filled = [text for text in texts if text is not None]
    if not filled:
        return Column(name, Kind.EMPTY, texts)
    counts = Counter(filled)
    if len(counts) == 1 and len(filled) == len(texts):
        return Column(name, Kind.SAME, texts)
    if (numbers := numbers_in(filled)) is not None:
        return _numbered(name, texts, numbers, counts)
    if (days := days_in(filled)) is not None:
        return Column(name, Kind.DATE, _spread(texts, days))
    return Column(name, _worded(name, filled, counts), texts)


def _spread(texts: Sequence[str | None], found: Sequence[Any]) -> list[Any]:
    left = iter(found)
    return [None if text is None else next(left) for text in texts]


def _numbered(
    name: str, texts: Sequence[str | None], numbers: Sequence[float | None], counts: Counter[str]
) -> Column:
    if len(counts) <= FEW:
        return Column(name, Kind.CHOICE, texts)
    if _is_running_number(name, numbers, distinct=len(counts)):
        return Column(name, Kind.ID, texts)
    return Column(name, Kind.NUMBER, _spread(texts, numbers))


def _is_running_number(name: str, numbers: Sequence[float | None], *, distinct: int) -> bool:
    """Whole numbers, each once, that count the rows or are called a number."""
    found = [one for one in numbers if one is not None]
    if distinct < len(numbers) or len(found) < len(numbers):
        return False
    if not all(one.is_integer() for one in found):
        return False
    if NAMES_AN_ID.search(name):
        return True
    is_dense = max(found) - min(found) < 3 * len(found)
    steps = [later > earlier for earlier, later in pairwise(found)]
    return is_dense or not 0.02 < sum(steps) / max(1, len(steps)) < 0.98


def _worded(name: str, filled: Sequence[str], counts: Counter[str]) -> Kind:
    if len(counts) == len(filled) > MOST_LEVELS:
        return Kind.ID if _words(filled) < LONG else Kind.TEXT
    is_spread = len(counts) > MOST_LEVELS and len(counts) > SPREAD * len(filled)
    is_address = len(counts) > MOST_LEVELS and bool(NAMES_AN_ID.search(name))
    if is_spread or (is_address and len(counts) > SPREAD * len(filled) / 2):
        return Kind.TEXT
    return Kind.TEXT if _words(filled) >= 2 * LONG and len(counts) > MOST_LEVELS else Kind.CHOICE


def _words(texts: Sequence[str]) -> float:
    some = texts[:200]
    return sum(len(text.split()) for text in some) / len(some)


def at_time(column: Column) -> list[float] | None:
    """What rows can be ordered by: moments, or numbers that grow; None where a row has none."""
    if column.kind is Kind.DATE:
        days: Sequence[datetime | None] = column.values
        return [one.timestamp() for one in days if one] if all(days) else None
    if any(one is None for one in column.values):
        return None
    try:
        return [float(one) for one in column.values]
    except ValueError:
        return None
