"""A goal's figure day by day, and in the periods before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from baton.core.calendars.queries import hours_of
from baton.insight.analytics.rules import months_on
from baton.insight.goals.queries.figures import Figure, Kind
from baton.insight.goals.queries.ledger import Ledger, Owners
from baton.insight.goals.queries.readings import Reading, reading_of
from baton.insight.goals.queries.standing import Standing
from baton.insight.goals.rules import Span, Unit, span_of, working_days

POINTS = 26  # at most so many on a line
PERIODS = 8
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


@dataclass(frozen=True, kw_only=True)
class Came:
    """By the end of a working day; ``days``: the how-manieth it is."""

    on: date
    days: int
    due: float
    value: float | None = None  # None: it lies ahead
    is_latest: bool = False


def came_by(found: Standing) -> list[Came]:
    """Of the goal's period, every so many working days, and the latest one."""
    goal, pace = found.goal, found.pace
    days = working_days(goal.span, hours_of(None))
    if not days or found.today < goal.starts_on:
        return []
    ledger = Ledger(Span(goal.starts_on, min(found.today, goal.ends_on)))
    totals = ledger.days(found.figure, goal.span, found.owners)
    every = max(1, -(-len(days) // POINTS))
    latest = max((number for number, day in enumerate(days) if day <= found.today), default=0)
    wanted = sorted({*range(every - 1, len(days), every), latest, len(days) - 1})
    return [
        Came(
            on=days[number],
            days=number + 1,
            due=float(pace.target) * (number + 1) / len(days),
            value=_sum(found.figure, totals, days[number], is_last=number == len(days) - 1)
            if number <= latest
            else None,
            is_latest=number == latest,
        )
        for number in wanted
    ]


def _sum(figure: Figure, totals: object, until: date, *, is_last: bool) -> float:
    assert isinstance(totals, dict)  # noqa: S101 -- of the ledger
    end = until + timedelta(days=6 if is_last else 0)  # free days at the end of the period
    known = [sums for day, sums in totals.items() if day <= end]
    if figure.kind is Kind.MONEY:
        return float(sum(sums.amount for sums in known))
    return float(sum(sums.count for sums in known))


def past_of(found: Standing) -> list[tuple[Span, Reading]]:
    """The latest periods of the goal's length, up to its own."""
    return readings_before(
        found.figure,
        owners=found.owners,
        unit=Unit(found.goal.unit),
        latest=min(found.today, found.goal.ends_on),
    )


def readings_before(
    figure: Figure, *, owners: Owners, unit: Unit, latest: date, count: int = PERIODS
) -> list[tuple[Span, Reading]]:
    """The figure in each of so many periods, up to the one of that day."""
    spans = list(_spans(unit, latest, count))
    ledger = Ledger(Span(spans[0].first, latest))
    return [
        (span, reading_of(figure, part, owners, ledger=ledger))
        for span in spans
        if (part := span.until(latest))
    ]


def _spans(unit: Unit, latest: date, count: int) -> Iterator[Span]:
    first = span_of(unit, latest).first
    for back in range(count - 1, -1, -1):
        yield span_of(unit, months_on(first, -MONTHS[unit] * back))
