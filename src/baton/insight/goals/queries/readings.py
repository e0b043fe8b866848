"""What a figure comes to from what was counted, and why it is unknown where it is."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.insight.goals.queries.figures import Figure, Kind
from baton.insight.goals.queries.ledger import Ledger, Owners, Sums
from baton.insight.goals.rules import Span, Spread, likely_median, likely_share
from baton.sales.customers.queries import satisfied


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A figure of some days. ``of``: how many it is a share, a cost or a median of; ``unknown`` and
    ``remedy``: why there is none, and what would make it known."""

    value: Decimal | None
    of: int | None = None
    spread: Spread | None = None
    left_out: int = 0  # rows whose amount is not known
    unknown: Promise | str = ""
    remedy: str = ""  # an address


def reading_of(figure: Figure, span: Span, owners: Owners, *, ledger: Ledger) -> Reading:
    """What the figure comes to in these days."""
    if figure.name == "satisfaction":
        return _satisfaction(span, owners)
    if figure.name == "retention":
        return _retention(ledger.kept(span))
    if figure.name == "speed_to_lead":
        return _speed(ledger.speeds(span, owners))
    sums = ledger.total(figure, span, owners)
    if figure.costs:
        return _cost_each(ledger.cost(span, of=figure.costs), sums.count)
    if figure.kind is Kind.SHARE:
        return _share(sums)
    return _money(sums) if figure.kind is Kind.MONEY else _count(sums)


def not_begun(figure: Figure) -> Reading:
    return Reading(value=Decimal(0) if figure.adds_up else None, unknown=_("It has not begun."))


def _retention(found: tuple[int, int]) -> Reading:
    kept, of = found
    if not of:
        return Reading(value=None, of=0, unknown=_("Nobody was a customer as it began."))
    return Reading(value=Decimal(kept) / of, of=of, spread=likely_share(kept, of))


def _count(sums: Sums) -> Reading:
    return Reading(value=Decimal(sums.count), of=sums.count)


def _money(sums: Sums) -> Reading:
    if sums.count and sums.unknown == sums.count:
        return Reading(value=None, of=sums.count, unknown=_("No amount of them is known."))
    return Reading(value=sums.amount, of=sums.count, left_out=sums.unknown)


def _share(sums: Sums) -> Reading:
    if not sums.count:
        return Reading(value=None, of=0, unknown=_("There is nobody, or nothing, to count yet."))
    return Reading(
        value=Decimal(sums.hits) / sums.count,
        of=sums.count,
        spread=likely_share(sums.hits, sums.count),
    )


def _cost_each(cost: Decimal | None, count: int) -> Reading:
    if cost is None:
        why = _("No cost of these days is known. Enter what was spent under Campaigns, Costs.")
        return Reading(value=None, of=count, unknown=why, remedy="campaigns:costs")
    if not count:
        why = _("Nothing to divide the cost by yet: nobody is counted in these days.")
        return Reading(value=None, of=0, unknown=why)
    return Reading(value=cost / count, of=count)


def _speed(minutes: list[float]) -> Reading:
    if not minutes:
        why = _("No MQL of these days has a first response yet.")
        return Reading(value=None, of=0, unknown=why)
    return Reading(
        value=Decimal(str(round(median(minutes), 4))),
        of=len(minutes),
        spread=likely_median(minutes),
    )


def _satisfaction(span: Span, owners: Owners) -> Reading:
    found = satisfied(span.first, span.last, owners)
    if found is None:
        why = _("Nobody answered in these days. Ask on a customer's page, by CSAT.")
        return Reading(value=None, of=0, unknown=why, remedy="customers:surveys")
    return Reading(
        value=Decimal(str(round(found.value, 6))),
        of=found.count,
        spread=Spread(found.low, found.high),
    )
