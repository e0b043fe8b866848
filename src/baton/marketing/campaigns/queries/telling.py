from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from baton.core.offers import Telling
from baton.marketing.campaigns.events import CampaignJoined
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.rules import Status


def tell_joinings(facts: Sequence[CampaignJoined]) -> Mapping[int, Telling]:
    """Which campaign it was; a visit that reached somebody is told by the visit itself."""
    campaigns = Campaign.objects.in_bulk([fact.campaign_id or 0 for fact in facts])
    return {fact.id: _telling(fact, campaigns.get(fact.campaign_id or 0)) for fact in facts}


def _telling(fact: CampaignJoined, campaign: Campaign | None) -> Telling:
    if campaign is None or fact.status != Status.RESPONDED:
        return Telling(is_gone=True)
    words = _("Responded to “%(campaign)s”")
    return Telling(title=words % {"campaign": campaign}, url=campaign.get_absolute_url())
