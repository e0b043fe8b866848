"""Campaigns by name and code, for the palette."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from baton.core.prepared import Prepared
from baton.core.ui.matching import begin_words, typed_words
from baton.core.ui.slots import MOST_OF_A_KIND, Command, Finder
from baton.marketing.campaigns.models import Campaign
from baton.marketing.campaigns.permissions import EDIT_CAMPAIGNS, VIEW_CAMPAIGNS


def _campaigns(user: Any) -> QuerySet[Any]:
    return Campaign.objects.visible_to(user).only("key", "name", "code")


def _called(campaigns: QuerySet[Any], text: str, words: Iterable[str]) -> QuerySet[Any]:
    """A code is written as its link needs it, and the text in small letters."""
    called = begin_words("sort_key", words) | Q(small__begins=text)
    found: QuerySet[Any] = campaigns.alias(small=Lower("code")).filter(called)
    return found.order_by("sort_key", "pk")


def _found(user: Any, text: str) -> list[Any]:
    return _FOUND.rows(user=user, text=text, words=typed_words(text))


_FOUND: Prepared[Any] = Prepared(
    lambda user, text, words: _called(_campaigns(user), text, words)[:MOST_OF_A_KIND]
)
_OPENED: Prepared[Any] = Prepared(lambda user, keys: _campaigns(user).filter(key__in=keys))


FINDERS = (
    Finder(
        name="campaign",
        label=_("Campaigns"),
        icon="campaign",
        permission=VIEW_CAMPAIGNS.name,
        page="campaigns:campaign",
        found=_found,
        opened=lambda user, keys: _OPENED.rows(user=user, keys=keys),
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
