"""What somebody should see of deals first: the month so far, what is stuck, where all stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, When

from baton.sales.deals.models import Deal, DealQuerySet, Stage
from baton.sales.deals.queries.board import stages_of
from baton.sales.deals.queries.seen import (
    Sight,
    View,
    deals_seen,
    month_of,
    narrowed,
    without_news,
)
from baton.sales.deals.rules import StageKind

NO_STEP = Q(next_step="")


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
    _first_day, following = month_of(sight)
    views = {View.OPEN: Q(), View.CLOSING: Q(close_on__lt=following), View.NO_STEP: NO_STEP}
    asked: dict[str, Count | Sum] = {}
    for view, within in views.items():
        asked[f"{view}_count"] = Count("pk", filter=within or None)
        asked[f"{view}_amount"] = Sum("base_amount", filter=within or None)
    rows = deals_seen(sight).filter(state=StageKind.OPEN).order_by().values("stage")
    found = {row["stage"]: row for row in rows.annotate(**asked)}
    worths = {view: sum((_worth(row, view) for row in found.values()), Worth()) for view in views}
    won = narrowed(deals_seen(sight), replace(sight, view=View.WON_NOW))
    row = won.aggregate(won_now_count=Count("pk"), won_now_amount=Sum("base_amount"))
    return Month(
        views={**worths, View.WON_NOW: _worth(row, View.WON_NOW)},
        stages=_standings(sight, {stage: _worth(row, View.OPEN) for stage, row in found.items()}),
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
    turn = Case(
        When(_overdue(sight), then=0),
        When(_step_late(sight), then=1),
        When(NO_STEP, then=2),
        default=3,
    )
    size = F("base_amount").desc(nulls_last=True)
    return _first(_stuck(sight).order_by(turn, size, "pk"), most)


def at_risk(sight: Sight, *, most: int) -> list[Deal]:
    """The largest of those: of known amounts, so that an index leads to them."""
    return _first(
        _stuck(sight).filter(base_amount__isnull=False).order_by("-base_amount", "-pk"), most
    )


def _stuck(sight: Sight) -> DealQuerySet:
    """Overdue, step late, no next step, or quiet."""
    found = deals_seen(sight).filter(state=StageKind.OPEN)
    return found.filter(_overdue(sight) | _step_late(sight) | NO_STEP | without_news(sight))


def _overdue(sight: Sight) -> Q:
    return Q(close_on__lt=sight.today)


def _step_late(sight: Sight) -> Q:
    return ~NO_STEP & Q(next_step_on__lt=sight.today)


def _first(deals: DealQuerySet, most: int) -> list[Deal]:
    """Two steps: sorting ids is several times as quick as sorting whole rows."""
    ids = list(deals.values_list("pk", flat=True)[:most])
    found = Deal.objects.select_related("person", "company", "owner", "stage").in_bulk(ids)
    return [found[pk] for pk in ids]
