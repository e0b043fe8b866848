"""The board: columns with their figures and first cards; five queries, whatever the rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When, Window
from django.db.models.functions import RowNumber

from baton.sales.deals.models import Deal, DealQuerySet, Pipeline, Stage
from baton.sales.deals.queries.seen import Sight, deals_seen, narrowed, this_quarter
from baton.sales.deals.rules import StageKind

CARDS = 40  # a column, and so many more each time
MOST_CARDS = 400


@dataclass(frozen=True, kw_only=True)
class Column:
    """One stage; ``count`` and ``amount`` (company currency, known ones) are of all its deals."""

    stage: Stage
    count: int = 0
    amount: Decimal = Decimal(0)
    deals: list[Deal] = field(default_factory=list)


def stages_of(pipeline: Pipeline) -> list[Stage]:
    """The living stages in their order."""
    return list(Stage.objects.living().filter(pipeline=pipeline).order_by("position", "pk"))


def columns_of(sight: Sight, *, stages: list[Stage], shown: Mapping[int, int]) -> list[Column]:
    """A column for each of these stages; Won and Lost hold what closed in this quarter.

    ``shown``: stage id -> cards to show where it is more than the usual forty.
    """
    deals = _on_board(sight).filter(stage__in=stages)
    figures = {
        stage_id: (count, amount or Decimal(0))
        for stage_id, count, amount in deals.order_by()
        .values("stage")
        .annotate(count=Count("pk"), amount=Sum("base_amount"))
        .values_list("stage", "count", "amount")
    }
    cards: dict[int, list[Deal]] = {}
    for deal in _first_cards(deals, shown=shown):
        cards.setdefault(deal.stage_id, []).append(deal)
    return [
        Column(
            stage=stage,
            count=figures.get(stage.pk, (0, Decimal(0)))[0],
            amount=figures.get(stage.pk, (0, Decimal(0)))[1],
            deals=cards.get(stage.pk, []),
        )
        for stage in stages
    ]


def _on_board(sight: Sight) -> DealQuerySet:
    start, end = this_quarter(sight)
    open_ones = narrowed(deals_seen(sight), sight).filter(state=StageKind.OPEN).values("pk")
    closed = Q(closed_at__gte=start, closed_at__lt=end)
    return deals_seen(sight).filter(Q(pk__in=open_ones) | closed)


def _first_cards(deals: DealQuerySet, *, shown: Mapping[int, int]) -> list[Deal]:
    """Those that close first on top, the latest closed ones first; each column cut by itself."""
    place = Window(
        RowNumber(),
        partition_by=F("stage"),
        order_by=[F("closed_at").desc(nulls_last=True), F("close_on").asc(nulls_last=True), "pk"],
    )
    most = Case(
        *[When(stage=stage_id, then=Value(min(n, MOST_CARDS))) for stage_id, n in shown.items()],
        default=Value(CARDS),
        output_field=IntegerField(),
    )
    cut = deals.annotate(place=place, most=most).filter(place__lte=F("most"))
    # Two steps: numbering rows without their columns is five times as quick as with all of them.
    places = dict(cut.order_by().values_list("pk", "place"))
    related = ("person", "company", "owner", "stage")
    found = Deal.objects.filter(pk__in=places).select_related(*related)
    return sorted(found, key=lambda deal: places[deal.pk])
