"""Leads on whom something is owed still, by the person's name, for the palette."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from baton.core.prepared import Prepared
from baton.core.search.typed import Typed
from baton.core.ui.slots import MOST_OF_A_KIND, Finder
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.words import STATES
from baton.records.people.queries import people_called

OWED = (State.OFFERED, State.ACCEPTED)


def _leads(user: Any) -> QuerySet[Any]:
    leads = Handoff.objects.visible_to(user).open().only("key", "state")
    return leads.annotate(lead=F("person__full_name"))


def _called(leads: QuerySet[Any], text: Typed) -> QuerySet[Any]:
    # By the states and in no index's order: few leads are open, but SQLite would go through all
    # people by their names.
    named = leads.filter(person__in=people_called(text), state__in=OWED)
    return named.order_by(Concat("person__sort_key", Value("")), "pk")


_FOUND: Prepared[Any] = Prepared(lambda user, text: _called(_leads(user), text)[:MOST_OF_A_KIND])
_OPENED: Prepared[Any] = Prepared(lambda user, keys: _leads(user).filter(key__in=keys))
FINDERS = (
    Finder(
        name="lead",
        label=_("Leads"),
        icon="leads",
        permission=VIEW_HANDOFFS.name,
        page="handoff:lead",
        found=lambda user, text: _FOUND.rows(user=user, text=Typed.of(text)),
        opened=lambda user, keys: _OPENED.rows(user=user, keys=keys),
        title=lambda lead: lead.lead,
        note=lambda lead: str(STATES[lead.state]),
        position=5,
    ),
)
