"""How the facts of personas look on a timeline."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from baton.core.offers import Telling, TimelineEntry
from baton.core.prepared import Prepared
from baton.records.audience.events import PersonaAssigned, PersonaChanged
from baton.records.audience.models import Persona

_NAMES: Prepared[tuple[int, str]] = Prepared(
    lambda ids: Persona.objects.filter(pk__in=ids).values_list("pk", "name")
)


def name_personas(facts: Sequence[PersonaAssigned]) -> dict[int, Telling]:
    """Which persona, by name."""
    names = dict(_NAMES.rows(ids={fact.persona_id for fact in facts}))
    return {fact.id: Telling(title=_is_one(names.get(fact.persona_id))) for fact in facts}


def how(fact: PersonaAssigned) -> str:
    """By a colleague or by a rule."""
    return _("By hand") if fact.is_by_hand else _("By rule")


def _is_one(name: str | None) -> str:
    return _("Persona: %(name)s") % {"name": name} if name else _("Fits no persona any more")


ENTRIES = (
    TimelineEntry(
        fact=PersonaAssigned, icon="persona", hue="violet", detail=how, tell_many=name_personas
    ),
    TimelineEntry(fact=PersonaChanged, is_hidden=True),
)
