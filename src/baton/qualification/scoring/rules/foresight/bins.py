"""A column as a few groups of rows: what single columns are judged by, and what a model adds up.

``encoding`` learns them from some rows; the outcome is never looked at.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baton.qualification.scoring.rules.foresight.columns import Kind

MISSING, OTHER = 0, 1
DAY = 86_400
WITHOUT_VALUES = {Kind.TEXT, Kind.ID}


@dataclass(frozen=True)
class Bins:
    """``names`` of groups 2 and up: the values of a choice; for numbers the edges between them."""

    name: str
    kind: Kind
    edges: tuple[float, ...] = ()
    levels: Mapping[str, int] = field(default_factory=dict)
    latest: float = 0.0  # dates are counted in days back from here

    @property
    def count(self) -> int:
        if self.kind in WITHOUT_VALUES:
            return 2
        return 2 + (len(self.levels) if self.kind is Kind.CHOICE else len(self.edges) + 1)

    def group(self, value: Any) -> int:
        """0: nothing is said; 1: something rare; then the groups."""
        if value is None:
            return MISSING
        if self.kind in WITHOUT_VALUES:
            return OTHER
        if self.kind is Kind.CHOICE:
            return self.levels.get(str(value).casefold(), OTHER)
        return 2 + bisect_right(self.edges, self.figure(value))

    def figure(self, value: Any) -> float:
        """A number as it is, a moment as days back."""
        if isinstance(value, datetime):
            return (self.latest - value.timestamp()) / DAY
        return float(value)
