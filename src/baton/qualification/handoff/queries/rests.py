"""Until when somebody rests, or as soon as what is so; and from which rest they came back."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from baton.core import filters
from baton.core.filters import BadFilter, Filter
from baton.core.limits import least_seen
from baton.core.settings.queries import organisation
from baton.qualification.handoff.models import Handoff, Rest
from baton.records.people.models import Person


def condition_of(tree: Mapping[str, Any] | None) -> Filter | None:
    """Ready to be asked; None for none, or one whose field is gone with its module."""
    if not tree:
        return None
    try:
        return filters.parse(tree, object_type="person")
    except BadFilter:
        return None


def condition_words(tree: Mapping[str, Any] | None) -> str:
    """What has to come true, for whoever reads now."""
    chosen = condition_of(tree)
    return filters.describe(chosen) if chosen else ""


def condition_words_for_all(tree: Mapping[str, Any] | None) -> str:
    """The same where it is written down: who reads it later may not see each field."""
    chosen = condition_of(tree)
    if chosen is None:
        return ""
    return filters.describe_to_all(chosen, of=least_seen(organisation().field_limits))


def rest_of(person: Person) -> QuerySet[Rest]:
    """The one that runs, if any."""
    return Rest.objects.running().filter(person=person).select_related("return_to")


def rest_after(handoff: Handoff) -> Rest | None:
    """The one that its verdict began."""
    return Rest.objects.filter(handoff=handoff).first()
