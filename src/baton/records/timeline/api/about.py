"""The record that a call names, as far as the key's user reaches it."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.api.problems import Problem
from baton.records.timeline.api.shapes import About
from baton.records.timeline.permissions import VIEW_TIMELINE
from baton.records.timeline.queries import find_subject
from baton.records.timeline.slots import Subject


def subject_named(user: User, named: tuple[str, UUID], permission: Permission) -> Subject:
    """Raises Problem 404."""
    kind, key = named
    found = find_subject(kind, key=key, user=user, permission=permission)
    if found is None:
        raise Problem(404, "There is nothing here that this key may see.")
    return found


def written_to(user: User, data: About, permission: Permission) -> dict[str, Any]:
    """Whom something is about, as the actions take it; empty for nobody."""
    named = data.named()
    if named is None:
        return {}
    found = subject_named(user, named, permission)
    return found.named()


def of(user: User, about: About) -> Q:
    """Only what is about the record that was named."""
    named = about.named()
    if named is None:
        return Q()
    found = subject_named(user, named, VIEW_TIMELINE)
    if found.deal_id:
        return Q(deal_id=found.deal_id)
    if found.campaign_id:
        return Q(campaign_id=found.campaign_id)
    return Q(person=found.person) if found.person else Q(company=found.company)
