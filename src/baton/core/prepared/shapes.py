"""The shape of what a question is asked with: what decides its SQL, apart from plain values."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from baton.core.marked import mark

LONGEST = 512  # list; with a longer one the question is put as it stands
PLAIN = (int, str, datetime, date, UUID)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A type beside the plain ones that questions are asked with, such as the user.

    ``apart`` gives what decides how the SQL looks, and the plain values; ``together`` makes one of
    the same looks from marks. What does not ``fit`` is asked as it stands.
    """

    apart: Callable[[Any], tuple[Hashable, Sequence[Any]]]
    together: Callable[[Hashable, Sequence[Any]], Any]
    fits: Callable[[Any], bool] = lambda _value: True


kinds: dict[type, Kind] = {}


@dataclass(frozen=True)
class Fixed:
    """One of few values, such as how many rows are wanted: each makes SQL of its own."""

    value: Any


LOOKS = (bool, Enum, Fixed)  # what decides how the SQL looks


def apart(value: Any) -> tuple[Any, Sequence[Any]]:
    if kind := kinds.get(value.__class__):
        return kind.apart(value)
    if value is None or isinstance(value, LOOKS):
        return value, ()
    if isinstance(value, PLAIN):
        return type(value), (value,)
    plain = _padded(list(value))
    return (list, len(plain)), plain


def in_marks(value: Any, numbers: Iterator[int]) -> Any:
    """The same with marks: values that nothing else in a question has."""
    if kind := kinds.get(value.__class__):
        looks, plain = kind.apart(value)
        return kind.together(looks, _marks_of(plain, numbers))
    if isinstance(value, Fixed):
        return value.value
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, PLAIN):
        return mark(type(value), next(numbers))
    return [mark(type(each), next(numbers)) for each in _padded(list(value))]


def _marks_of(plain: Sequence[Any], numbers: Iterator[int]) -> list[Any]:
    return [mark(int if each is None else type(each), next(numbers)) for each in plain]


def says_more(value: Any) -> bool:
    """Whether what is fixed may bring values of its own into the SQL, unlike a number of rows."""
    return isinstance(value, Fixed) and not isinstance(value.value, int)


def is_long(value: Any) -> bool:
    if kind := kinds.get(value.__class__):
        return not kind.fits(value)
    if isinstance(value, str) or not isinstance(value, Collection):
        return False
    return len(value) > LONGEST


def bare(value: Any) -> Any:
    return value.value if isinstance(value, Fixed) else value


def _padded(values: list[Any]) -> list[Any]:
    """To 1, 2, 4, 8 ... with the last one again, so that a dozen lengths are all there are."""
    wanted = 1 << (len(values) - 1).bit_length() if values else 0
    return [*values, *values[-1:] * (wanted - len(values))]
