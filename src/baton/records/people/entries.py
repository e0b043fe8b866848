"""How the facts of people and companies look on a timeline."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from baton.core.access.queries import names_of
from baton.core.offers import Telling, TimelineEntry
from baton.records.people.events import (
    CompaniesMerged,
    CompaniesUnmerged,
    CompanyChanged,
    CompanyCreated,
    CompanyDeleted,
    CompanyRestored,
    ConsentRecorded,
    OwnerChanged,
    PersonChanged,
    PersonCreated,
    PersonDeleted,
    PersonMerged,
    PersonRestored,
    PersonUnmerged,
)
from baton.records.people.rules import Origin
from baton.records.people.words import channel_label, purpose_label


def came_in(fact: PersonCreated) -> str:
    """Who found them."""
    if fact.person_origin == Origin.SALES:
        return _("Found by sales")
    if fact.person_origin == Origin.PARTNER:
        return _("Came through a partner")
    if fact.person_origin == Origin.CUSTOMER:
        return _("Recommended by a customer")
    return _("Became known to marketing")


def whence(fact: PersonCreated) -> str:
    """Channel and campaign of the first known touch."""
    return ", ".join(filter(None, [channel_label(fact.channel), fact.campaign]))


def consent_said(fact: ConsentRecorded) -> str:
    """A yes or a no."""
    purpose = purpose_label(fact.purpose)
    words = _("Said yes: %(purpose)s") if fact.is_given else _("Said no: %(purpose)s")
    return words % {"purpose": purpose}


def name_owners(facts: Sequence[OwnerChanged]) -> dict[int, Telling]:
    """To whom the person was given, by name."""
    names = names_of(fact.owner_id for fact in facts)
    return {fact.id: Telling(title=_given(names.get(fact.owner_id or 0))) for fact in facts}


def _given(name: str | None) -> str:
    return _("Given to %(owner)s") % {"owner": name} if name else _("Has no owner any more")


# What was edited, deleted and restored stands under Changes, with the way back.
ENTRIES = (
    TimelineEntry(fact=PersonCreated, icon="person", hue="blue", title=came_in, detail=whence),
    TimelineEntry(fact=OwnerChanged, icon="user", hue="gray", tell_many=name_owners),
    TimelineEntry(fact=ConsentRecorded, icon="mail", hue="green", title=consent_said),
    TimelineEntry(
        fact=CompanyCreated, icon="company", hue="blue", title=lambda fact: _("Company added")
    ),
    *(
        TimelineEntry(fact=fact, icon="merge", hue="gray", title=lambda fact: _("Merged into one"))
        for fact in (PersonMerged, CompaniesMerged)
    ),
    *(
        TimelineEntry(fact=fact, icon="merge", hue="gray", title=lambda fact: _("Apart again"))
        for fact in (PersonUnmerged, CompaniesUnmerged)
    ),
    *(
        TimelineEntry(fact=fact, is_hidden=True)
        for fact in (PersonChanged, PersonDeleted, PersonRestored)
    ),
    *(
        TimelineEntry(fact=fact, is_hidden=True)
        for fact in (CompanyChanged, CompanyDeleted, CompanyRestored)
    ),
)
