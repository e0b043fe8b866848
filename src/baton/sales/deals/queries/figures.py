"""The figures above the board. Amounts are in the company's currency, unknown ones left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import CharField, Count, F, Max, Q, Sum
from django.db.models.functions import Cast

from baton.core.prepared import Prepared
from baton.sales.deals.models import DealQuerySet, Stage, StageEntry
from baton.sales.deals.queries.seen import Sight, deals_seen, this_quarter
from baton.sales.deals.queries.sums import NOTHING, Sums
from baton.sales.deals.rules import StageKind, median, quarter_of, weighted

CYCLE_DAYS = 365  # wins of the latest year ...
CYCLE_WINS = 500  # ... and at most so many
FUNNEL_DAYS = 90


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
    deals = deals_seen(sight)
    known = list(sums.values())
    start, end = this_quarter(sight)
    former = sight.begin_of(quarter_of(quarter_of(sight.today)[0] - timedelta(days=1))[0])
    is_now = Q(closed_at__gte=start, closed_at__lt=end)
    won = deals.filter(state=StageKind.WON, closed_at__gte=former, closed_at__lt=end).aggregate(
        count=Count("pk", filter=is_now),
        amount=Sum("base_amount", filter=is_now),
        former=Sum("base_amount", filter=~is_now),
    )
    return Figures(
        open_count=sum(one.open_count for one in known),
        open_amount=sum((one.open_amount for one in known), NOTHING),
        weighted_amount=sum((_weighted(stage, sums) for stage in stages), NOTHING),
        unknown_count=sum(one.unknown_count for one in known),
        won_count=won["count"],
        won_amount=won["amount"] or NOTHING,
        former_won_amount=won["former"] or NOTHING,
        cycle_days=median_cycle(deals, sight),
    )


def _weighted(stage: Stage, sums: Mapping[int, Sums]) -> Decimal:
    amount = sums[stage.pk].open_amount
    return weighted(amount, probability=stage.probability) or NOTHING


def median_cycle(deals: DealQuerySet, sight: Sight) -> int | None:
    """Deal speed: median days from opened to won; undated deals are left out."""
    since = sight.at - timedelta(days=CYCLE_DAYS)
    wins = deals.filter(state=StageKind.WON, closed_at__gte=since, opened_at__lte=F("closed_at"))
    spans = wins.order_by("-closed_at").values_list(*_written("opened_at", "closed_at"))
    middle = median([_days(opened, closed) for opened, closed in spans[:CYCLE_WINS]])
    return None if middle is None else round(middle)


def funnel_of(sight: Sight, *, stages: list[Stage]) -> list[Reached]:
    """By cohort of opening: deals that reached each stage or a later one; skipped stages count.

    A removed stage has no place in the order any more. A deal that was in none of the living ones,
    as one that came here lost, has reached the first.
    """
    opened = deals_seen(sight).filter(opened_at__gte=sight.at - timedelta(days=FUNNEL_DAYS))
    first = min((stage.position for stage in stages), default=0)
    counts = _counts_from(opened, places=[stage.position for stage in stages])
    return [
        Reached(
            stage=stage,
            count=opened.count() if stage.position == first else counts[f"from_{stage.position}"],
        )
        for stage in stages
        if stage.kind != StageKind.LOST
    ]


def _counts_from(opened: DealQuerySet, *, places: Iterable[int]) -> dict[str, int]:
    """ "from_2" -> deals whose farthest living stage has that place or a later one."""
    entries = StageEntry.objects.filter(deal__in=opened.order_by(), stage__deleted_at=None)
    by_deal = entries.exclude(stage__kind=StageKind.LOST).order_by().values("deal")
    farthest = by_deal.annotate(farthest=Max("stage__position"))
    return farthest.aggregate(
        **{f"from_{place}": Count("deal", filter=Q(farthest__gte=place)) for place in places}
    )


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
    spans = _STAYS.rows(stage=stage.pk)
    middle = median([_days(entered, left) for entered, left in spans])
    return None if middle is None else round(middle)


def _days(since: str, until: str) -> float:
    span = datetime.fromisoformat(until) - datetime.fromisoformat(since)
    return span.total_seconds() / 86400
