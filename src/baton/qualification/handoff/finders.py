"""Leads on whom something is owed still, by the person's name, for the palette."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from baton.core.ui.matching import begin_words
from baton.core.ui.slots import Finder
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.words import STATES


def _leads(user: Any) -> QuerySet[Any]:
    leads = Handoff.objects.visible_to(user).open().only("key", "state")
    return leads.annotate(lead=F("person__full_name"))


def _called(leads: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = leads.filter(begin_words("person__sort_key", text))
    return named.order_by("person__sort_key", "pk")


FINDERS = (
    Finder(
        name="lead",
        label=_("Leads"),
        icon="leads",
        permission=VIEW_HANDOFFS.name,
        page="handoff:lead",
        rows=_leads,
        matching=_called,
        title=lambda lead: lead.lead,
        note=lambda lead: str(STATES[lead.state]),
        position=5,
    ),
)
