"""Campaigns by name and code, for the palette."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.ui.matching import begin_words
from baton.core.ui.slots import Command, Finder
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS, VIEW_CAMPAIGNS


def _campaigns(user: Any) -> QuerySet[Any]:
    return Campaign.objects.visible_to(user).only("key", "name", "code")


def _called(campaigns: QuerySet[Any], text: str) -> QuerySet[Any]:
    called = begin_words("sort_key", text) | Q(code__startswith=text)
    return campaigns.filter(called).order_by("sort_key", "pk")


FINDERS = (
    Finder(
        name="campaign",
        label=_("Campaigns"),
        icon="campaign",
        permission=VIEW_CAMPAIGNS.name,
        page="campaigns:campaign",
        rows=_campaigns,
        matching=_called,
        note=lambda campaign: campaign.code,
        position=40,
    ),
)
COMMANDS = (
    Command(
        label=_("New campaign"),
        url_name="campaigns:new",
        icon="plus",
        permission=EDIT_CAMPAIGNS.name,
        position=50,
        also=_("Add create"),
        makes=True,
    ),
)
