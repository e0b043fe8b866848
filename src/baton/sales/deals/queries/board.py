"""The board: columns with their figures and first cards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.core.signing import Signer
from django.db.models import Q, QuerySet
from django.http import QueryDict

from baton.core.limits import hidden
from baton.core.prepared import Fixed, Prepared
from baton.core.ui import cursors
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.queries.rows import CardRow, as_rows
from baton.sales.deals.queries.seen import Sight, closed_now, deals_seen, of_view
from baton.sales.deals.queries.sums import Sums
from baton.sales.deals.rules import StageKind, weighted

CARDS = 8  # a column at first: more than a screen shows
MORE_CARDS = 30  # each time
MOST = 400


@dataclass(frozen=True, kw_only=True)
class Column:
    """One stage; ``count`` and ``amount`` (company currency, known ones) are of all its deals.

    ``cursor``: where further cards begin; "" when all are shown.
    """

    stage: Stage
    count: int = 0
    amount: Decimal = Decimal(0)
    deals: list[CardRow] = field(default_factory=list)
    cursor: str = ""

    @property
    def weighted(self) -> Decimal:
        """What the column counts in the forecast."""
        return weighted(self.amount, probability=self.stage.probability) or Decimal(0)


def stages_of(pipeline: Pipeline) -> list[Stage]:
    """The living stages in their order."""
    return _STAGES.rows(pipeline=pipeline.pk)


_STAGES = Prepared(
    lambda pipeline: Stage.objects.living().filter(pipeline=pipeline).order_by("position", "pk")
)


def stage_names(stage_ids: Sequence[int]) -> Mapping[int, str]:
    """What these stages are called, in their order; with more pipelines than one, of which."""
    rows = Stage.objects.filter(pk__in=stage_ids).select_related("pipeline")
    stages = list(rows.order_by("pipeline", "position", "pk"))
    is_one = len({stage.pipeline_id for stage in stages}) < 2
    return {one.pk: one.name if is_one else f"{one.pipeline.name}: {one.name}" for one in stages}


def columns_of(
    sight: Sight, *, stages: list[Stage], sums: Mapping[int, Sums], shown: Mapping[int, int]
) -> list[Column]:
    """A column for each of these stages; Won and Lost hold what closed in this quarter.

    ``shown``: stage id -> cards to show where it is more than the usual ones.
    """
    cards = _first_cards(sight, stages=stages, shown=shown)
    return [_column(stage, cards[stage.pk], sums[stage.pk], sight) for stage in stages]


def place_of(sight: Sight, deal: Deal) -> int | None:
    """Where the deal stands in its column, from the top; None where the column does not show it."""
    column = _of_column(deals_seen(sight), sight, deal.stage)[:MOST]
    ids = list(column.values_list("pk", flat=True))
    return ids.index(deal.pk) if deal.pk in ids else None


def more_of(sight: Sight, stage: Stage, *, asked: QueryDict) -> Column:
    """The cards of one column that follow the cursor in ``asked``; its figures are not counted."""
    order, seal = _order(stage), _seal(stage, sight)
    key = order.read(asked, seal=seal)
    if key is None:
        return Column(stage=stage)
    column = _of_column(_of_all_pipelines(sight), sight, stage)
    rows = order.window(as_rows(column), key, size=MORE_CARDS)
    if not rows.earlier:  # what followed is gone, and it began again
        return Column(stage=stage)
    deals = [CardRow(*row) for row in rows.rows]
    cursor = _cursor(stage, sight, deals[-1]) if rows.more else ""
    return Column(stage=stage, deals=deals, cursor=cursor)


def _column(stage: Stage, deals: list[CardRow], sums: Sums, sight: Sight) -> Column:
    cursor = _cursor(stage, sight, deals[-1]) if len(deals) < sums.count and deals else ""
    return Column(stage=stage, count=sums.count, amount=sums.amount, deals=deals, cursor=cursor)


def _cursor(stage: Stage, sight: Sight, deal: CardRow) -> str:
    row = Deal(pk=deal.pk, close_on=deal.close_on, closed_at=deal.closed_at)
    return _order(stage).key_of(row, _seal(stage, sight))


def _order(stage: Stage) -> cursors.Ordering:
    """Those that close first on top, the latest closed ones first. Who does not see when they close
    has them as they came: order and cursor would say it."""
    if stage.kind == StageKind.OPEN:
        name = "id" if "close_on" in hidden("deal") else "close_on"
        return cursors.Ordering(Deal, name, is_descending=False)
    return cursors.Ordering(Deal, "closed_at", is_descending=True)


def _seal(stage: Stage, sight: Sight) -> Signer:
    return cursors.seal_of(["board", stage.pk, sight.whose, sight.view, sight.text])


def _of_column(deals: QuerySet[Deal], sight: Sight, stage: Stage) -> QuerySet[Deal]:
    is_shown = of_view(sight) if stage.kind == StageKind.OPEN else closed_now(sight)
    return _order(stage).ordered(deals.filter(is_shown, stage=stage))


def _of_all_pipelines(sight: Sight) -> QuerySet[Deal]:
    return deals_seen(replace(sight, pipeline=None))


def _first_cards(
    sight: Sight, *, stages: Sequence[Stage], shown: Mapping[int, int]
) -> dict[int, list[CardRow]]:
    """By stage id: one query, in which an index cuts each column, however many deals it has."""
    wanted = tuple(
        (stage.pk, stage.kind, min(shown.get(stage.pk, CARDS), MOST)) for stage in stages
    )
    found = _FIRST.rows(sight=replace(sight, pipeline=None), wanted=Fixed(wanted))
    cards: dict[int, list[CardRow]] = {stage.pk: [] for stage in stages}
    for row in map(CardRow._make, found):
        cards[row.stage_id].append(row)
    for stage in stages:
        cards[stage.pk].sort(key=_place, reverse=stage.kind != StageKind.OPEN)
    return cards


def _first(sight: Sight, wanted: Sequence[tuple[int, str, int]]) -> QuerySet[Deal, Any]:
    seen = deals_seen(sight)
    firsts = (
        _of_column(seen, sight, Stage(pk=pk, kind=kind))[:most].values("pk")
        for pk, kind, most in wanted
    )
    is_first = reduce(or_, (Q(pk__in=first) for first in firsts), Q(pk__in=[]))
    return as_rows(Deal.objects.filter(is_first))


_FIRST: Prepared[Any] = Prepared(_first)


def _place(row: CardRow) -> tuple[bool, date | datetime, int]:
    """Where a card stands in its column, as ``_order`` has it; the closed ones the other way."""
    if row.closed_at:
        return False, row.closed_at, row.pk
    on = None if "close_on" in hidden("deal") else row.close_on
    return on is None, on or date.max, row.pk
