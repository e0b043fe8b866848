"""What the figures of improvements came to, before and after: queries by figure, not by change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from baton.core.calendars.queries import hours_of
from baton.core.worktime.rules import BusinessHours
from baton.insight.goals.queries import FIGURES, Figure, Kind
from baton.insight.goals.rules import Span, folded, working_days
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.queries.reading import Book
from baton.insight.improvements.rules import (
    Samples,
    Shares,
    Verdict,
    Way,
    Windows,
    judge,
    windows_of,
)

# What comes day by day. Customers kept are the same people on both sides, and nobody asks them.
MOVABLE: Mapping[str, Figure] = {
    name: figure for name, figure in FIGURES.items() if name not in {"retention", "satisfaction"}
}


@dataclass(frozen=True, kw_only=True)
class Side:
    """The figure of the days before, or after; ``value`` None: unknown. ``of``: how many it is of,
    ``hits``: those who went on."""

    span: Span  # as far as its days have come
    value: Decimal | None
    of: int
    hits: int | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    improvement: Improvement
    figure: Figure
    windows: Windows
    before: Side
    after: Side | None  # None: it has not begun
    verdict: Verdict

    @property
    def follows(self) -> bool:
        return follows(self.figure)


def follows(figure: Figure) -> bool:
    """A share of those who went on, which takes time."""
    return any(part.hit_within for part in figure.parts)


def windows_for(one: Improvement) -> Windows:
    return windows_of(one.starts_on, days=one.days, follows=follows(MOVABLE[one.figure]))


def outcomes_of(improvements: Iterable[Improvement], *, today: date) -> list[Outcome]:
    """In their order, each on days that have passed: today is not over."""
    known = [one for one in improvements if one.figure in MOVABLE]
    if not known:
        return []
    latest = today - timedelta(days=1)
    whole = [windows_for(one) for one in known]
    first = min(windows.before[0] for windows in whole)
    last = max(first, min(latest, max(windows.after[1] for windows in whole)))
    book, hours = Book(Span(first, last)), hours_of(None)
    return [
        _outcome(one, windows, book=book, hours=hours, today=today)
        for one, windows in zip(known, whole, strict=True)
    ]


def _outcome(
    one: Improvement, windows: Windows, *, book: Book, hours: BusinessHours, today: date
) -> Outcome:
    figure, latest = MOVABLE[one.figure], today - timedelta(days=1)
    before = Span(*windows.before).until(latest)
    after = Span(*windows.after).until(latest)
    compared = _Compared(figure, windows, book, hours)
    nothing = Side(span=Span(*windows.before), value=None, of=0)
    found = compared.samples(before, after) if before and after else None
    is_over = found is not None and windows.judged_on <= today
    verdict = judge(found or Shares(before=(0, 0), after=(0, 0)), way=Way(one.way), is_over=is_over)
    return Outcome(
        improvement=one,
        figure=figure,
        windows=windows,
        before=compared.side(before) if before else nothing,
        after=compared.side(after) if after else None,
        verdict=verdict,
    )


def weeks_of(outcome: Outcome) -> list[Side]:
    """The days before and after by weeks, as far as they have come: what a chart draws."""
    first, last = outcome.before.span.first, (outcome.after or outcome.before).span.last
    compared = _Compared(outcome.figure, outcome.windows, Book(Span(first, last)), hours_of(None))
    starts = range(0, (last - first).days + 1, 7)
    weeks = (Span(first + timedelta(days=at), first + timedelta(days=at + 6)) for at in starts)
    return [compared.side(part) for week in weeks if (part := week.until(last))]


@dataclass(frozen=True)
class _Compared:
    """One figure on two stretches of days."""

    figure: Figure
    windows: Windows
    book: Book
    hours: BusinessHours

    def samples(self, before: Span, after: Span) -> Shares | Samples:
        if self.figure.kind is Kind.SHARE:
            return Shares(before=self._share(before), after=self._share(after))
        if self.figure.kind is Kind.MINUTES:
            return Samples(before=self.book.minutes(before), after=self.book.minutes(after))
        events = sum(self.book.counted(self.figure, span) for span in (before, after))
        return Samples(before=self._days(before), after=self._days(after), events=events)

    def side(self, span: Span) -> Side:
        if self.figure.kind is Kind.SHARE:
            hits, of = self._share(span)
            return Side(span=span, value=Decimal(hits) / of if of else None, of=of, hits=hits)
        if self.figure.kind is Kind.MINUTES:
            took = self.book.minutes(span)
            value = Decimal(str(round(median(took), 4))) if took else None
            return Side(span=span, value=value, of=len(took))
        return Side(span=span, value=self._mean(span), of=self.book.counted(self.figure, span))

    def _share(self, span: Span) -> tuple[int, int]:
        return self.book.went_on(self.figure, span, within=self.windows.within)

    def _mean(self, span: Span) -> Decimal | None:
        """Of what adds up, a working day; of a cost, for each of whom it brought."""
        if self.figure.costs:
            cost, count = self.book.cost(self.figure, span), self.book.counted(self.figure, span)
            return cost / count if cost is not None and count else None
        days = self._days(span)
        return Decimal(str(round(sum(days) / len(days), 4))) if days else None

    def _days(self, span: Span) -> Sequence[float]:
        """By working days. Of a cost for each: the money that one of the day stands for is known,
        what varies is how many came, so the days are compared by how many came for the money."""
        days = folded(self.book.days(self.figure, span), working_days(span, self.hours))
        if not self.figure.costs:
            return days
        cost = self.book.cost(self.figure, span)
        if not cost:
            return []
        each = float(cost) / len(days) if days else 0.0
        # Fewer for the money is dearer: turned round, so that more is more here, too.
        return [-count / each for count in days]
