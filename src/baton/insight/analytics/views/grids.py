"""A table of figures that is not sorted: its cells lead to what they count."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GridCell:
    words: str
    url: str = ""
    title: str = ""
    is_soft: bool = False


@dataclass(frozen=True)
class GridLine:
    label: str
    cells: list[GridCell]


@dataclass(frozen=True)
class Grid:
    name: str  # of the first column
    heads: list[str]
    lines: list[GridLine]
