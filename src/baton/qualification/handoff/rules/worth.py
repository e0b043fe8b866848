"""What leads are worth by their kind, and when they buy: by what those of the last year did."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, kw_only=True)
class Brought:
    """Leads of one kind in the last year; ``days``: of each who bought, from the handoff on."""

    lane: str
    leads: int
    days: tuple[int, ...]

    @property
    def rate(self) -> Fraction | None:
        return Fraction(len(self.days), self.leads) if self.leads else None


def rate_of_all(brought: Sequence[Brought]) -> Fraction | None:
    """Of leads of any kind; None where there were none, or nobody bought."""
    leads = sum(one.leads for one in brought)
    bought = sum(len(one.days) for one in brought)
    return Fraction(bought, leads) if bought else None


def worth_of(
    handed: Mapping[str, int], *, brought: Sequence[Brought], average_deal: int
) -> Fraction | None:
    """What so many leads of each kind are worth: the share that bought x the average deal. A kind
    that there was none of counts as leads of any kind; None where nobody bought."""
    usual = rate_of_all(brought)
    if usual is None:
        return None
    rates = {one.lane: one.rate for one in brought if one.rate is not None}
    customers = sum((rates.get(lane, usual) * count for lane, count in handed.items()), Fraction())
    return customers * average_deal


def customers_coming(
    handed: Mapping[date, int],
    *,
    brought: Sequence[Brought],
    spans: Sequence[tuple[date, date]],
) -> list[Fraction]:
    """How many customers the leads of these days bring in each span, first and last day included:
    they are spread as the days from handoff to purchase were, not put at their mean."""
    days = sorted(day for one in brought for day in one.days)
    leads = sum(one.leads for one in brought)
    return [
        Fraction(sum(_within(day, days, span) * count for day, count in handed.items()), leads or 1)
        for span in spans
    ]


def _within(handed_on: date, days: Sequence[int], span: tuple[date, date]) -> int:
    first, last = ((edge - handed_on).days for edge in span)
    return bisect_right(days, last) - bisect_left(days, first)
