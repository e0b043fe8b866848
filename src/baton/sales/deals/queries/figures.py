"""The figures above the board. Amounts are in the company's currency, unknown ones left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Cast

from baton.core.prepared import Prepared, one_row
from baton.sales.deals.models import Stage, StageEntry
from baton.sales.deals.queries.seen import Sight, closed_now, deals_seen
from baton.sales.deals.queries.sums import NOTHING, Sums
from baton.sales.deals.rules import StageKind, median, weighted

CYCLE_WINS = 500  # of the latest year at most so many
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """``cycle_days``: median days from opened to won of the latest year's wins; None = no win."""

    open_count: int
    open_amount: Decimal
    weighted_amount: Decimal  # sum of amount x probability of the stage
    unknown_count: int  # open deals whose amount is not known in the company's currency
    won_count: int
    won_amount: Decimal
    former_won_amount: Decimal  # of the quarter before
    cycle_days: int | None


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How many of the deals opened in the latest 90 days ever came so far."""

    stage: Stage
    count: int


def figures_of(sight: Sight, *, stages: Sequence[Stage], sums: Mapping[int, Sums]) -> Figures:
    """Two queries, whatever the number of deals; ``sums`` of the pipeline's stages."""
    known = list(sums.values())
    won_count, won_amount, former = _WON.first(sight=sight) or (0, None, None)
    return Figures(
        open_count=sum(one.open_count for one in known),
        open_amount=sum((one.open_amount for one in known), NOTHING),
        weighted_amount=sum((_weighted(stage, sums) for stage in stages), NOTHING),
        unknown_count=sum(one.unknown_count for one in known),
        won_count=won_count,
        won_amount=won_amount or NOTHING,
        former_won_amount=former or NOTHING,
        cycle_days=_middle(_CYCLES.rows(sight=sight)),
    )


def _won(sight: Sight) -> QuerySet[Any, Any]:
    """Of the present quarter how many and how much, and how much of the one before."""
    now, is_now = sight.moments, closed_now(sight)
    won = deals_seen(sight).filter(
        state=StageKind.WON, closed_at__gte=now.former_from, closed_at__lt=now.quarter_until
    )
    figures = {
        "count": Count("pk", filter=is_now),
        "amount": Sum("base_amount", filter=is_now),
        "former": Sum("base_amount", filter=~is_now),
    }
    rows: QuerySet[Any, Any] = one_row(won).annotate(**figures).values_list(*figures)
    return rows


_WON: Prepared[tuple[int, Decimal | None, Decimal | None]] = Prepared(_won)


def _cycles(sight: Sight) -> QuerySet[Any, tuple[str, str]]:
    """Of the latest wins; undated deals are left out."""
    wins = deals_seen(sight).filter(
        state=StageKind.WON, closed_at__gte=sight.moments.cycle_since, opened_at__lte=F("closed_at")
    )
    rows = wins.order_by("-closed_at").values_list(*_written("opened_at", "closed_at"))
    return rows[:CYCLE_WINS]


_CYCLES: Prepared[tuple[str, str]] = Prepared(_cycles)


def _weighted(stage: Stage, sums: Mapping[int, Sums]) -> Decimal:
    amount = sums[stage.pk].open_amount
    return weighted(amount, probability=stage.probability) or NOTHING


def funnel_of(sight: Sight, *, stages: list[Stage]) -> list[Reached]:
    """By cohort of opening: deals that reached each stage or a later one; skipped stages count.

    A removed stage has no place in the order any more. A deal that was in none of the living ones,
    as one that came here lost, has reached the first. One query.
    """
    first = min((stage.position for stage in stages), default=0)
    found = [(first if place is None else place, n) for place, n in _FARTHEST.rows(sight=sight)]
    return [
        Reached(
            stage=stage,
            count=sum(n for place, n in found if stage.position <= max(place, first)),
        )
        for stage in stages
        if stage.kind != StageKind.LOST
    ]


def _farthest(sight: Sight) -> QuerySet[Any, tuple[int | None, int]]:
    """The place of the farthest living stage that each was in, and how many came so far."""
    entries = StageEntry.objects.filter(deal=OuterRef("pk"), stage__deleted_at=None)
    places = entries.exclude(stage__kind=StageKind.LOST).order_by().values("deal")
    farthest = Subquery(places.annotate(farthest=Max("stage__position")).values("farthest"))
    opened = deals_seen(sight).filter(opened_at__gte=sight.moments.funnel_since)
    by_place = opened.order_by().annotate(farthest=farthest).values("farthest")
    return by_place.annotate(n=Count("pk")).values_list("farthest", "n")


_FARTHEST: Prepared[tuple[int | None, int]] = Prepared(_farthest)


def _written(*moments: str) -> list[Cast]:
    """As the database writes them: Django takes longer over a thousand moments than all else."""
    return [Cast(moment, CharField()) for moment in moments]


_STAYS: Prepared[tuple[str, str]] = Prepared(
    lambda stage: (
        StageEntry.objects.filter(stage=stage, left_at__isnull=False, entered_at__lte=F("left_at"))
        .order_by("-left_at")
        .values_list(*_written("entered_at", "left_at"))[:200]
    )
)


def usual_days(stage: Stage) -> int | None:
    """Median days that the latest two hundred deals stayed in this stage; None = not known yet."""
    return _middle(_STAYS.rows(stage=stage.pk))


def _middle(spans: Iterable[tuple[str, str]]) -> int | None:
    """The median in days; None without any."""
    read = datetime.fromisoformat
    middle = median([(read(until) - read(since)) / DAY for since, until in spans])
    return None if middle is None else round(middle)
