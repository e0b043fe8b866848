"""How a timeline tells who let whom in."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from baton.core.access.models import Team
from baton.core.access.queries import names_of
from baton.core.colleagues.events import RecordShared, RecordUnshared
from baton.core.offers import Telling, TimelineEntry


def _names(facts: Sequence[RecordShared | RecordUnshared]) -> dict[int, str]:
    users = names_of(fact.user_id for fact in facts)
    teams = Team.objects.filter(pk__in={fact.team_id for fact in facts if fact.team_id})
    called = dict(teams.values_list("pk", "name")) if any(one.team_id for one in facts) else {}
    return {fact.id: users.get(fact.user_id) or called.get(fact.team_id) or "" for fact in facts}


def tell_shared(facts: Sequence[RecordShared]) -> Mapping[int, Telling]:
    names = _names(facts)
    return {
        fact.id: Telling(title=_("Shared with %(name)s") % {"name": names[fact.id]})
        for fact in facts
    }


def tell_unshared(facts: Sequence[RecordUnshared]) -> Mapping[int, Telling]:
    names = _names(facts)
    return {
        fact.id: Telling(title=_("No longer shared with %(name)s") % {"name": names[fact.id]})
        for fact in facts
    }


ENTRIES = (
    TimelineEntry(
        fact=RecordShared, icon="team", title=lambda fact: _("Shared"), tell_many=tell_shared
    ),
    TimelineEntry(
        fact=RecordUnshared,
        icon="team",
        title=lambda fact: _("No longer shared"),
        tell_many=tell_unshared,
    ),
)
