"""What somebody should see of deals first: the month so far, what is stuck, where all stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Case, Count, F, Q, Sum, When

from baton.sales.deals.models import Deal, Stage
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


@dataclass(frozen=True, kw_only=True)
class Worth:
    """So many deals, and their known amounts in the company's currency."""

    count: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What lies open in one stage; ``share`` of the fullest one, 0 to 100."""

    stage: Stage
    worth: Worth
    share: int


def month_so_far(sight: Sight) -> Mapping[View, Worth]:
    """Each as the list of that view counts it; two queries, whatever the number of deals."""
    _first, following = month_of(sight)
    views = {View.OPEN: Q(), View.CLOSING: Q(close_on__lt=following), View.NO_STEP: Q(next_step="")}
    asked: dict[str, Count | Sum] = {}
    for view, within in views.items():
        asked[f"{view}_count"] = Count("pk", filter=within or None)
        asked[f"{view}_amount"] = Sum("base_amount", filter=within or None)
    found = deals_seen(sight).filter(state=StageKind.OPEN).aggregate(**asked)
    won = narrowed(deals_seen(sight), replace(sight, view=View.WON_NOW))
    found |= won.aggregate(won_now_count=Count("pk"), won_now_amount=Sum("base_amount"))
    return {
        view: Worth(count=found[f"{view}_count"], amount=found[f"{view}_amount"] or Decimal(0))
        for view in (*views, View.WON_NOW)
    }


def stuck(sight: Sight, *, most: int, is_by_amount: bool = False) -> list[Deal]:
    """Open deals whose owner should do something: overdue, step late, no next step, quiet.

    The most pressing first, or with ``is_by_amount`` the largest.
    """
    overdue, no_step = Q(close_on__lt=sight.today), Q(next_step="")
    step_late = ~no_step & Q(next_step_on__lt=sight.today)
    found = deals_seen(sight).filter(state=StageKind.OPEN)
    found = found.filter(overdue | step_late | no_step | without_news(sight))
    turn = Case(When(overdue, then=0), When(step_late, then=1), When(no_step, then=2), default=3)
    size = F("base_amount").desc(nulls_last=True)
    ordered = found.order_by(*([size] if is_by_amount else [turn, size]), "pk")
    return list(ordered.select_related("person", "company", "owner", "stage")[:most])


def by_stage(sight: Sight) -> list[Standing]:
    """The open stages of the pipeline in their order; two queries."""
    if sight.pipeline is None:
        return []
    rows = deals_seen(sight).filter(state=StageKind.OPEN).order_by().values("stage")
    counted = rows.annotate(count=Count("pk"), amount=Sum("base_amount"))
    found = {
        stage: Worth(count=count, amount=amount or Decimal(0))
        for stage, count, amount in counted.values_list("stage", "count", "amount")
    }
    fullest = max((worth.amount for worth in found.values()), default=Decimal(0))
    return [
        Standing(
            stage=stage,
            worth=(worth := found.get(stage.pk, Worth())),
            share=round(worth.amount * 100 / fullest) if fullest else 0,
        )
        for stage in stages_of(sight.pipeline)
        if stage.kind == StageKind.OPEN
    ]
