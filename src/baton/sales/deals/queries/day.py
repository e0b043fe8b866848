"""What somebody should see of deals first: the month so far, what is stuck, where all stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from baton.core.limits import hidden
from baton.core.prepared import Fixed, Prepared, one_row
from baton.sales.deals.models import Deal, DealQuerySet, Stage
from baton.sales.deals.queries.board import stages_of
from baton.sales.deals.queries.seen import (
    Sight,
    View,
    deals_seen,
    narrowed,
    without_news,
)
from baton.sales.deals.rules import StageKind

NO_STEP = Q(next_step="")
OPEN_VIEWS = (View.OPEN, View.CLOSING, View.NO_STEP)


@dataclass(frozen=True, kw_only=True)
class Worth:
    """So many deals, and their known amounts in the company's currency."""

    count: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(count=self.count + other.count, amount=self.amount + other.amount)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What lies open in one stage."""

    stage: Stage
    worth: Worth


@dataclass(frozen=True, kw_only=True)
class Month:
    """Each figure as the list of its view counts it, and what lies open by stage."""

    views: Mapping[View, Worth]
    stages: list[Standing]


def month_so_far(sight: Sight) -> Month:
    """Three queries, whatever the number of deals; open ones are read once."""
    found = {row["stage"]: row for row in _OPEN.rows(sight=sight)}
    worths = {
        view: sum((_worth(row, view) for row in found.values()), Worth()) for view in OPEN_VIEWS
    }
    count, amount = _WON.first(sight=replace(sight, view=View.WON_NOW)) or (0, None)
    won = Worth(count=count, amount=amount or Decimal(0))
    return Month(
        views={**worths, View.WON_NOW: won},
        stages=_standings(sight, {stage: _worth(row, View.OPEN) for stage, row in found.items()}),
    )


def _open(sight: Sight) -> QuerySet[Any, Any]:
    closing = Q(close_on__lt=sight.moments.next_month_on)
    asked: dict[str, Count | Sum] = {}
    for view, within in zip(OPEN_VIEWS, (None, closing, NO_STEP), strict=True):
        asked[f"{view}_count"] = Count("pk", filter=within)
        asked[f"{view}_amount"] = Sum("base_amount", filter=within)
    rows = deals_seen(sight).filter(state=StageKind.OPEN).order_by().values("stage")
    return rows.annotate(**asked)


_OPEN: Prepared[dict[str, Any]] = Prepared(_open)
_WON: Prepared[tuple[int, Decimal | None]] = Prepared(
    lambda sight: (
        one_row(narrowed(deals_seen(sight), sight))
        .annotate(count=Count("pk"), amount=Sum("base_amount"))
        .values_list("count", "amount")
    )
)


def _worth(row: Mapping[str, Any], view: View) -> Worth:
    return Worth(count=row[f"{view}_count"], amount=row[f"{view}_amount"] or Decimal(0))


def _standings(sight: Sight, found: Mapping[int, Worth]) -> list[Standing]:
    stages = stages_of(sight.pipeline) if sight.pipeline else []
    return [
        Standing(stage=stage, worth=found.get(stage.pk, Worth()))
        for stage in stages
        if stage.kind == StageKind.OPEN
    ]


def stuck(sight: Sight, *, most: int) -> list[Deal]:
    """Open deals whose owner should do something, the most pressing first."""
    return _deals(_PRESSING.rows(sight=sight, most=Fixed(most)))


def _by_turn(sight: Sight) -> DealQuerySet:
    whens = [When(why, then=n) for n, why in enumerate(_pressing(sight))]
    turn = [Case(*whens, default=len(whens))] if whens else []
    size = [] if "amount" in hidden("deal") else [F("base_amount").desc(nulls_last=True)]
    return _stuck(sight).order_by(*turn, *size, "pk")


def at_risk(sight: Sight, *, most: int) -> list[Deal]:
    """The largest of those: of known amounts, so that an index leads to them."""
    return _deals(_LARGEST.rows(sight=sight, most=Fixed(most)))


def _by_size(sight: Sight) -> DealQuerySet:
    return _stuck(sight).filter(base_amount__isnull=False).order_by("-base_amount", "-pk")


# Two steps: sorting ids is several times as quick as sorting whole rows.
_PRESSING: Prepared[int] = Prepared(
    lambda sight, most: _by_turn(sight).values_list("pk", flat=True)[:most]
)
_LARGEST: Prepared[int] = Prepared(
    lambda sight, most: _by_size(sight).values_list("pk", flat=True)[:most]
)
_DEALS = Prepared(
    lambda ids: Deal.objects.select_related("person", "company", "owner", "stage").filter(
        pk__in=ids
    )
)


def _deals(ids: list[int]) -> list[Deal]:
    found = _DEALS.by_id(ids=ids)
    return [found[pk] for pk in ids]


def _stuck(sight: Sight) -> DealQuerySet:
    """Overdue, step late, no next step, or quiet."""
    found = deals_seen(sight).filter(state=StageKind.OPEN)
    return found.filter(reduce(or_, _pressing(sight), without_news(sight)))


def _pressing(sight: Sight) -> list[Q]:
    """What is to be done at once, the most pressing first; who does not see a field is not told by
    a deal's place here what is in it."""
    whys = {
        "close_on": [Q(close_on__lt=sight.moments.today)],
        "next_step": [~NO_STEP & Q(next_step_on__lt=sight.moments.today), NO_STEP],
    }
    return [why for name, some in whys.items() if name not in hidden("deal") for why in some]
