"""Whom the user at the screen asks."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from baton.core.access.doors import user_of
from baton.records.people.models import Person


def person_or_404(request: HttpRequest, key: UUID) -> Person:
    """Somebody who lives and whom this user sees: whoever sees them may ask them."""
    seen = Person.objects.visible_to(user_of(request)).living().select_related("company")
    return get_object_or_404(seen, key=key)
