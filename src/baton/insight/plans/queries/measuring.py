"""What a plan assumes, as it was measured: in the year before, and in its quarter so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Sum

from baton.core.limits import hidden
from baton.insight.goals.queries import FIGURES, within
from baton.insight.goals.rules import Span
from baton.insight.improvements.queries.reading import Book
from baton.insight.plans.rules import (
    FOLLOWED,
    Assumed,
    Measured,
    cost_of,
    is_off,
    mean_of,
    share_of,
)
from baton.sales.deals.queries import deals_won

DAY, YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One assumption: ``usual`` of the year before the quarter, ``now`` of the quarter so far."""

    name: Assumed
    value: Decimal | None  # None: nothing is assumed
    usual: Measured | None
    now: Measured | None
    days: Span | None  # in which those of ``now`` came; None: none can be told of yet

    @property
    def is_off(self) -> bool:
        return self.value is not None and is_off(self.value, self.now)


def checks_of(assumptions: Mapping[str, Decimal], *, quarter: Span, today: date) -> list[Check]:
    """All that can be assumed, in order; a fixed number of queries. What deals were worth is
    measured for nobody from whom amounts are hidden."""
    latest = min(today - DAY, quarter.last)
    before = Span(min(quarter.first, today) - YEAR, min(quarter.first, today) - DAY)
    book = Book(Span(before.first - max(FOLLOWED.values()), max(latest, before.last)))
    found = []
    for name in Assumed:
        so_far = _came(name, Span(quarter.first, latest)) if latest >= quarter.first else None
        found.append(
            Check(
                name=name,
                value=assumptions.get(name),
                usual=_measured(name, _came(name, before), book),
                now=_measured(name, so_far, book) if so_far else None,
                days=so_far,
            )
        )
    return found


def _came(name: Assumed, span: Span) -> Span:
    """Of shares: those whose days of following ended in these days."""
    took = FOLLOWED.get(name, timedelta())
    return Span(span.first - took, span.last - took)


def _measured(name: Assumed, span: Span, book: Book) -> Measured | None:
    if name in FOLLOWED:
        return share_of(*book.went_on(FIGURES[name], span, within=FOLLOWED[name]))
    if name is Assumed.COST_PER_MQL:
        figure = FIGURES[name]
        return cost_of(book.cost(figure, span), book.counted(figure, span))
    if "amount" in hidden("deal"):
        return None
    won = deals_won().filter(within("closed_at", span), base_amount__isnull=False)
    square = F("base_amount") * F("base_amount")
    sums = won.aggregate(count=Count("pk"), sum=Sum("base_amount"), squares=Sum(square))
    return mean_of(sums["count"], float(sums["sum"] or 0), float(sums["squares"] or 0))
