"""Payload values to JSON and back: who writes a fact and who reads it see the same types."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Reader = Callable[[Any], Any]
AS_THEY_ARE = frozenset({str, int, bool, NoneType, float})


def plain(value: object) -> object:
    """What JSON can hold; json itself refuses the rest."""
    if value.__class__ in AS_THEY_ARE:  # nearly all
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, date):  # a datetime is a date, too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def reader_for(owner: type, name: str) -> Reader:
    """Turns the JSON of the owner's field into what its annotation promises."""
    return _reader(get_type_hints(owner)[name])


def _reader(hint: Any) -> Reader:
    kind, inner = get_origin(hint), [part for part in get_args(hint) if part is not NoneType]
    if kind in {Union, UnionType}:
        return _as_is if len(inner) > 1 else _optional(_reader(inner[0]))
    if kind is list or (kind is tuple and inner[-1] is Ellipsis):
        read = _reader(inner[0])
        return lambda values: kind(map(read, values))
    if not isinstance(hint, type):
        return _as_is
    if issubclass(hint, date):
        return hint.fromisoformat
    return hint if issubclass(hint, Decimal | UUID | Enum) else _as_is


def _optional(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _as_is(value: Any) -> Any:
    return value
