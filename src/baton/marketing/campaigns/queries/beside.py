"""What stands on the page of one campaign: its costs, and who came into it last."""

from typing import Any

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.marketing.campaigns.models import Campaign, CampaignMember, Cost
from baton.marketing.campaigns.queries.counts import count_people, with_costs

LATEST = 8  # members on the page; the list has them all
MOST_COSTS = 50


def counted(campaign: Campaign, *, user: User) -> Any:
    """The campaign with the figures of ``with_costs`` and ``count_people``."""
    [found] = _COUNTED.rows(campaign=campaign.pk)
    count_people([found], user=user)
    return found


def latest_members(campaign: Campaign, *, user: User) -> list[CampaignMember]:
    """Those whom this user sees, with their companies."""
    return _MEMBERS.rows(user=user, campaign=campaign.pk)


def latest_costs(campaign: Campaign, *, user: User) -> list[Cost]:
    return _COSTS.rows(user=user, campaign=campaign.pk)


_COUNTED = Prepared(lambda campaign: with_costs(Campaign.objects.filter(pk=campaign)))
_MEMBERS = Prepared(
    lambda user, campaign: (
        CampaignMember.objects.visible_to(user)
        .filter(campaign=campaign)
        .select_related("person__company")
        .order_by("-at", "-pk")[:LATEST]
    )
)
_COSTS = Prepared(
    lambda user, campaign: (
        Cost.objects.visible_to(user)
        .filter(campaign=campaign)
        .order_by("-from_on", "-pk")[:MOST_COSTS]
    )
)
