"""What became of costs, as facts: about the campaign that they belong to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from baton.core.access.models import User
from baton.core.facts import publish, publish_many
from baton.marketing.campaigns.events import CostAdded, CostChanged, CostRemoved, CostTold
from baton.marketing.campaigns.models import Cost
from baton.marketing.campaigns.rules import OF_A_FILE


def tell_costs(
    kind: type[CostTold], costs: Iterable[Cost], *, by: User | None, at: datetime
) -> None:
    """One fact of each, but for those of a system's files: a day's spending is no news."""
    news = [cost for cost in costs if not cost.external_id.startswith(OF_A_FILE)]
    publish_many([kind(**_told(cost, by=by, at=at)) for cost in news])


def tell_edit(
    cost: Cost, fields: list[str], *, former: int | None, by: User | None, at: datetime
) -> None:
    """One that went over to another campaign left that with the id ``former``."""
    told = _told(cost, by=by, at=at)
    if cost.campaign_id == former:
        publish(CostChanged(**told, fields=sorted(fields)))
        return
    publish(CostRemoved(**{**told, "campaign_id": former}))
    publish(CostAdded(**told))


def _told(cost: Cost, *, by: User | None, at: datetime) -> dict[str, Any]:
    return {
        "happened_at": at,
        "actor_id": by.pk if by else None,
        "campaign_id": cost.campaign_id,
        "cost_id": cost.pk,
        "kind": cost.kind,
        "amount": str(cost.amount),
        "currency": cost.currency,
    }
