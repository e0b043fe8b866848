"""The time between two moments of a row: how long somebody was known, how long a talk lasted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations
from statistics import median

from baton.qualification.scoring.rules.foresight.columns import Column, Kind

MOST = 5  # columns of moments that are looked at, in the order of the file
DAY = 86_400
SHOWN = "%s → %s"
Moments = Sequence[datetime | None]


def spans_of(columns: Iterable[Column]) -> list[Column]:
    """A number for each pair of moments, in days; from the one that is mostly the earlier."""
    moments = [one for one in columns if one.kind is Kind.DATE][:MOST]
    found = (_span(one, two) for one, two in combinations(moments, 2))
    return [one for one in found if one is not None]


def _span(one: Column, two: Column) -> Column | None:
    days = _days(one.values, two.values)
    said = [day for day in days if day is not None]
    if len(said) < len(days) / 10 or len({*said[:2_000]}) < 2 or _is_clock(one) != _is_clock(two):
        return None
    first, second = one, two
    if median(said) < 0:
        first, second = two, one
        days = [None if day is None else -day for day in days]
    name = SHOWN % (first.name, second.name)
    return Column(name, Kind.NUMBER, days, parts=(first.name, second.name))


def _days(ones: Moments, twos: Moments) -> list[float | None]:
    return [
        None if one is None or two is None else (two - one).total_seconds() / DAY
        for one, two in zip(ones, twos, strict=True)
    ]


def _is_clock(column: Column) -> bool:
    """Times of day have no date of their own."""
    return all(one.year == 1970 for one in column.values[:200] if one is not None)
