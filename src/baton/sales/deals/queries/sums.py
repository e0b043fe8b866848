"""How many deals are in each stage, and what they are worth: of all that are seen, not of those
that a board shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from baton.core.prepared import Prepared
from baton.sales.deals.models import Stage
from baton.sales.deals.queries.seen import Sight, closed_now, deals_seen, of_view
from baton.sales.deals.rules import StageKind

NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Of one stage; amounts are in the company's currency, unknown ones left out.

    ``count`` and ``amount``: what its column holds, by the sight's view and of this quarter.
    """

    count: int = 0
    amount: Decimal = NOTHING
    open_count: int = 0
    open_amount: Decimal = NOTHING
    unknown_count: int = 0  # open ones whose amount is not known in the company's currency


def sums_of(sight: Sight, *, stages: Sequence[Stage]) -> dict[int, Sums]:
    """By stage id; one query."""
    ids = [stage.pk for stage in stages]
    rows = _SUMS.rows(sight=replace(sight, pipeline=None), stages=ids)
    found = {row["stage"]: _sums(row) for row in rows}
    return {pk: found.get(pk, Sums()) for pk in ids}


def _asked(sight: Sight, stages: Sequence[int]) -> QuerySet[Any, Any]:
    is_open, shown = Q(state=StageKind.OPEN), of_view(sight) | closed_now(sight)
    return (
        deals_seen(sight)
        .filter(is_open | closed_now(sight), stage__in=stages)
        .order_by()
        .values("stage")
        .annotate(
            count=Count("pk", filter=shown),
            amount=Sum("base_amount", filter=shown),
            open_count=Count("pk", filter=is_open),
            open_amount=Sum("base_amount", filter=is_open),
            unknown_count=Count("pk", filter=is_open & Q(base_amount=None)),
        )
    )


_SUMS: Prepared[dict[str, Any]] = Prepared(_asked)


def _sums(row: Mapping[str, Any]) -> Sums:
    return Sums(
        count=row["count"],
        amount=row["amount"] or NOTHING,
        open_count=row["open_count"],
        open_amount=row["open_amount"] or NOTHING,
        unknown_count=row["unknown_count"],
    )
