"""Marks in place of values, while SQL is made that is kept (``core/prepared.py``)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

HIGHEST_MARK = 2_000_001_000  # among numbers
TWINS_FROM = 50_000  # the number of the first mark of a twin: no question has so many


def mark(kind: type, number: int) -> Any:
    """A value that hardly anything else in a question has; that of a twin is another."""
    makers: dict[type, Callable[[int], Any]] = {
        int: lambda n: (
            HIGHEST_MARK - 1000 + n
        ),  # an integer column takes it; a small one never answers
        str: lambda n: f"\N{REPLACEMENT CHARACTER}{n}",
        datetime: lambda n: datetime(1802, 3, 4, tzinfo=UTC) + timedelta(microseconds=n + 1),
        date: lambda n: date(1802, 3, 4) + timedelta(days=n),
        UUID: lambda n: UUID(int=2**127 + n),
    }
    return next(make(number) for base, make in makers.items() if issubclass(kind, base))
