"""A record by its key, for whoever may reach it."""

from functools import cache
from uuid import UUID

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.prepared import Prepared
from baton.records.people.models import Person


def person_reached(key: UUID, *, user: User, permission: Permission) -> Person | None:
    """The person, when this user reaches them with the permission; with company and owner."""
    return _people(permission).first(user=user, key=key)


@cache
def _people(permission: Permission) -> Prepared[Person]:
    return Prepared(
        lambda user, key: (
            Person.objects.visible_to(user, permission)
            .filter(key=key)
            .select_related("company", "owner")[:1]
        )
    )
