"""Cohorts of leads: who reached a step within so many months or weeks. No database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from baton.insight.analytics.rules.figures import ratio

SPANS = 12  # columns: within 1 to 12 months or weeks
SHADES = 7  # of a cell, from the palest


class Span(StrEnum):
    """What cohorts are made of, and what is counted after someone became a lead."""

    MONTH = "month"
    WEEK = "week"

    @property
    def days(self) -> int:
        """A month of waiting is 30 days, whichever it is."""
        return 30 if self is Span.MONTH else 7

    def end_of(self, began_on: date) -> date:
        """The last day of the cohort that began on that day."""
        if self is Span.WEEK:
            return began_on + timedelta(days=6)
        return (began_on.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class Within:
    """Who reached the step within ``spans`` of months or weeks.

    ``is_complete``: everybody of the cohort has had that long.
    """

    spans: int
    people: int
    share: float | None
    is_complete: bool


@dataclass
class CohortRow:
    """The leads of one month or week."""

    began_on: date
    leads: int = 0
    reached: int = 0  # so far
    open: int = 0  # have not, and still may
    by_span: dict[int, int] = field(default_factory=dict)

    def within(self, spans: int) -> int:
        return sum(people for span, people in self.by_span.items() if span <= spans)

    def cells(self, *, span: Span, on: date) -> list[Within | None]:
        """A figure for each span that has begun for the first of them; None for those to come."""
        return [self._cell(spans, span=span, on=on) for spans in range(1, SPANS + 1)]

    def has_had(self, spans: int, *, span: Span, on: date) -> bool:
        """Whether so much time has passed for the last of them."""
        return span.end_of(self.began_on) + timedelta(days=spans * span.days) < on

    def _cell(self, spans: int, *, span: Span, on: date) -> Within | None:
        if self.began_on + timedelta(days=(spans - 1) * span.days) > on:
            return None
        people = self.within(spans)
        is_complete = self.has_had(spans, span=span, on=on)
        return Within(spans, people, ratio(people, self.leads), is_complete)


def whole_spans(rows: Iterable[CohortRow], *, span: Span, on: date) -> list[Within | None]:
    """The same over all cohorts that have had that long."""
    found: list[Within | None] = []
    for spans in range(1, SPANS + 1):
        done = [row for row in rows if row.has_had(spans, span=span, on=on)]
        leads, people = sum(row.leads for row in done), sum(row.within(spans) for row in done)
        found.append(
            Within(spans, people, ratio(people, leads), is_complete=True) if done else None
        )
    return found


def shade(share: float | None, *, most: float) -> int:
    """0 to 6: how dark a cell is, against the largest share that is shown."""
    return round(share / most * (SHADES - 1)) if share and most else 0


def largest(rows: Sequence[Sequence[Within | None]]) -> float:
    """The largest share in these cells."""
    return max((cell.share or 0.0 for row in rows for cell in row if cell), default=0.0)
