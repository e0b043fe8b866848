from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baton.marketing.campaigns.models import Cost
from baton.marketing.campaigns.rules import portion


@dataclass(frozen=True, kw_only=True)
class CostShare:
    """What of one cost falls into a period; ``amount`` None = unknown for want of a rate."""

    cost_id: int
    kind: str
    campaign_id: int | None
    campaign: str  # its code; "" for a cost without one
    channel: str  # the campaign's, else the cost's own; may be ""
    amount: Decimal | None


def costs_between(from_on: date, to_on: date) -> list[CostShare]:
    """Every living cost with days in the period (both counted), spread evenly over its days, in
    the company's currency."""
    rows = Cost.objects.living().touching(from_on=from_on, to_on=to_on).select_related("campaign")
    return [_share(cost, from_on=from_on, to_on=to_on) for cost in rows.order_by("pk")]


def _share(cost: Cost, *, from_on: date, to_on: date) -> CostShare:
    amount = cost.base_amount
    if amount is not None:
        amount = portion(
            amount,
            from_on=cost.from_on,
            to_on=cost.to_on,
            window_from=from_on,
            window_to=to_on,
        )
    return CostShare(
        cost_id=cost.pk,
        kind=cost.kind,
        campaign_id=cost.campaign_id,
        campaign=cost.campaign.code if cost.campaign else "",
        channel=cost.campaign.channel if cost.campaign else cost.channel,
        amount=amount,
    )
