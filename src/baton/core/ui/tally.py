"""Counts, sums, averages and extremes of a list by its groups: one query, over all of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet, Sum
from django.db.models.expressions import Combinable

from baton.core.ui.cells import Column
from baton.core.ui.grouping import Grouping

SUM, AVERAGE, LEAST, MOST = "sum", "average", "least", "most"
FIGURES = (SUM, AVERAGE, LEAST, MOST)
Number = Decimal | float | int


@dataclass(frozen=True)
class Known:
    """Of one column: of how many rows its value is known, and what those come to."""

    count: int = 0
    total: Number = 0
    least: Number | None = None
    most: Number | None = None

    def with_more(self, other: "Known") -> "Known":
        least = [one for one in (self.least, other.least) if one is not None]
        most = [one for one in (self.most, other.most) if one is not None]
        return Known(
            self.count + other.count,
            self.total + other.total,  # type: ignore[operator] # of one column, so of one kind
            min(least, default=None),
            max(most, default=None),
        )

    def figure(self, name: str) -> Number | None:
        """None where no row has a value: nobody knows, which is not 0."""
        if not self.count:
            return None
        if name == AVERAGE:
            return self.total / self.count
        return {SUM: self.total, LEAST: self.least, MOST: self.most}[name]


@dataclass(frozen=True)
class Tally:
    """Of one group; ``known`` by the column's name."""

    count: int = 0
    known: Mapping[str, Known] = field(default_factory=dict)

    def with_more(self, other: "Tally") -> "Tally":
        names = {**self.known, **other.known}
        none = Known()
        known = {
            name: self.known.get(name, none).with_more(other.known.get(name, none))
            for name in names
        }
        return Tally(self.count + other.count, known)


Cells = dict[tuple[Any, ...], Tally]  # by the values of the groupings, in their order


def tallies(rows: QuerySet[Any], groupings: Sequence[Grouping], columns: Sequence[Column]) -> Cells:
    """One query, however many rows and groups."""
    for grouping in groupings:
        rows = rows.annotate(**{grouping.field: grouping.by()}) if grouping.by else rows
    names = [grouping.field for grouping in groupings]
    figures = {"tally_rows": Count("pk")}
    for place, column in enumerate(columns):
        figures |= _figures_of(column, f"tally_{place}")
    cells: Cells = {}
    for row in rows.order_by().values(*names).annotate(**figures):
        key = tuple(None if row[name] == "" else row[name] for name in names)
        cells[key] = cells.get(key, Tally()).with_more(_read(row, columns))
    return cells


def _figures_of(column: Column, name: str) -> dict[str, Any]:
    value = made(column)
    return {
        f"{name}_count": Count(value),
        f"{name}_sum": Sum(value),
        f"{name}_least": Min(value),
        f"{name}_most": Max(value),
    }


def made(column: Column) -> Combinable:
    """What is added up, as SQL."""
    return column.adds() if callable(column.adds) else F(column.adds)


def _read(row: Mapping[str, Any], columns: Sequence[Column]) -> Tally:
    known = {}
    for place, column in enumerate(columns):
        name = f"tally_{place}"
        known[column.name] = Known(
            row[f"{name}_count"],
            row[f"{name}_sum"] or 0,
            row[f"{name}_least"],
            row[f"{name}_most"],
        )
    return Tally(row["tally_rows"], known)


def folded(cells: Cells, *, depth: int) -> Cells:
    """The same by the first groupings only; of none it is the total."""
    found: Cells = {}
    for key, tally in cells.items():
        found[key[:depth]] = found.get(key[:depth], Tally()).with_more(tally)
    return found
