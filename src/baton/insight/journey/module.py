"""Where the journey stands in the shell, in reviews and in the history."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.changes.slots import tracked
from baton.core.offers import ArchivePart, archive_parts
from baton.core.ui.slots import Group, NavigationItem, navigation
from baton.insight.journey.actions import TRACKED
from baton.insight.journey.permissions import VIEW_JOURNEY
from baton.insight.journey.queries import gaps_now
from baton.insight.journey.queries.drawn import buyer_stages_drawn
from baton.insight.journey.views.asking import url_of
from baton.insight.journey.views.shown import gap_words
from baton.insight.reviews.rules import Item
from baton.insight.reviews.slots import AgendaPart, agenda_parts
from baton.records.material.permissions import VIEW_MATERIAL
from baton.records.material.queries import holes_now
from baton.records.material.slots import buyer_stages


def _gaps(monday: date, user: User, at: datetime) -> Iterator[Item]:
    for spot, persona in gaps_now(user) if user.may(VIEW_JOURNEY) else []:
        url = f"{url_of('journey', persona=persona.key if persona else '')}#{spot.code}"
        yield Item(words=spot.name, value=gap_words(persona), url=url, hue="amber")


def _missing(monday: date, user: User, at: datetime) -> Iterator[Item]:
    for hole in holes_now(user, at=at) if user.may(VIEW_MATERIAL) else []:
        url = f"{reverse('material:works')}#missing"
        yield Item(words=hole.words, value=hole.value, url=url, hue="amber", tells=hole.tells)


for kind in TRACKED:
    tracked.add(kind)
agenda_parts.add(
    AgendaPart(name="journey", title=_("Where the buyer's journey shows nothing"), lines=_gaps)
)
agenda_parts.add(
    AgendaPart(name="material", title=_("What no sales material answers"), lines=_missing)
)
buyer_stages.add(buyer_stages_drawn)
navigation.add(
    NavigationItem(
        group=Group.INSIGHT,
        label=_("Buyer's journey"),
        url_name="journey:journey",
        icon="automation",
        permission=VIEW_JOURNEY.name,
        position=8,
        also=_("Stages of the buyer, where they stall, what we show them, content gaps"),
    )
)
archive_parts.add(ArchivePart(app="journey"))
