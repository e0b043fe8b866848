"""Where higher modules add to a campaign's page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from baton.core.slots import Slot
from baton.marketing.campaigns.models import Campaign


@dataclass(frozen=True, kw_only=True)
class CampaignCard:
    """A card below its costs; ``render`` gives the HTML, "" shows nothing."""

    name: str
    render: Callable[[HttpRequest, Campaign], str]
    permission: str
    order: int = 100


campaign_cards: Slot[CampaignCard] = Slot(key=lambda card: card.name)
