"""What columns hold made into Python: as Django's converters do, in fewer steps. A page of a list
has some six hundred values that need one.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base
from django.db.models import JSONField
from django.db.models.expressions import Col

from baton.core.sqlite.base import Operations

Sqlite = base.DatabaseWrapper.ops_class  # its module cannot be the first that is read of SQLite's
Read = Callable[[Any], Any]
KEYS = 16_384  # that a process keeps: those of owners and companies stand on every page


class Readers:
    """Of the columns of one question; ``converters`` are those that its compiler names."""

    def __init__(self, converters: Mapping[int, tuple[Sequence[Any], Any]], on: Any) -> None:
        self._quick: list[tuple[int, Read]] = []  # of values that are there
        self._others: list[tuple[int, Read]] = []
        for place, (chain, expression) in converters.items():
            if quick := _quick(chain, expression, on):
                self._quick.append((place, quick))
            else:
                self._others.append((place, _in_turn(chain, expression, on)))

    def made(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            values = list(row)
            for place, read in self._quick:
                value = values[place]
                if value is not None:
                    values[place] = read(value)
            for place, read in self._others:
                values[place] = read(values[place])
            yield values


def _in_turn(chain: Sequence[Any], expression: Any, on: Any) -> Read:
    """As Django does it."""

    def read(value: Any) -> Any:
        for convert in chain:
            value = convert(value, expression, on)
        return value

    return read


def _quick(chain: Sequence[Any], expression: Any, on: Any) -> Read | None:
    """None for a converter that is not known by heart, or stands not alone."""
    kind = getattr(chain[0], "__func__", None) if len(chain) == 1 else None
    if kind is Sqlite.convert_uuidfield_value:
        return _key
    if kind is Sqlite.convert_booleanfield_value:
        return bool
    if kind is Operations.convert_datetimefield_value:
        zone = on.timezone
        return lambda at: (
            at.replace(tzinfo=zone) if type(at) is not str else chain[0](at, expression, on)
        )
    if kind is JSONField.from_db_value and type(chain[0].__self__) is JSONField:
        return _structure if type(expression) is Col and not chain[0].__self__.decoder else None
    return None


_key = lru_cache(maxsize=KEYS)(UUID)


def _structure(text: str) -> Any:
    """Each row has its own: who reads may write into it."""
    return {} if text == "{}" else json.loads(text)
