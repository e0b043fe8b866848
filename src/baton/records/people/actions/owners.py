"""Who looks after whom."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from baton.core.access.models import User
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import publish_many
from baton.core.keys import new_key
from baton.records.people.events import OwnerChanged
from baton.records.people.models import Person


def assign_owner(
    *, person: Person, owner: User | None, by: User | None, at: datetime, cause: str = ""
) -> Person:
    """Give one person an owner (None = nobody); no news when it is theirs already."""
    assign_owners(people_ids=[person.pk], owner=owner, by=by, at=at, cause=cause)
    person.refresh_from_db(fields=["owner", "version"])
    return person


@transaction.atomic(savepoint=False)
def assign_owners(
    *,
    people_ids: Collection[int],
    owner: User | None,
    by: User | None,
    at: datetime,
    cause: str = "",
) -> UUID:
    """Give these living people an owner; returns the batch by which all of it is undone."""
    batch = new_key()
    owner_id = owner.pk if owner else None
    living = Person.objects.living().select_for_update().filter(pk__in=people_ids)
    moved = list(living.exclude(owner=owner).order_by("pk"))
    Person.objects.filter(pk__in=[person.pk for person in moved]).update(
        owner=owner, version=F("version") + 1
    )
    record_changes(
        Change(
            object_type="person",
            object_id=person.pk,
            verb="edited",
            before={"owner": person.owner_id},
            after={"owner": owner_id},
            by=by,
            at=at,
            cause=cause,
            batch=batch,
        )
        for person in moved
    )
    publish_many(_moved(person, owner_id=owner_id or 0, by=by, at=at) for person in moved)
    return batch


def _moved(person: Person, *, owner_id: int, by: User | None, at: datetime) -> OwnerChanged:
    return OwnerChanged(
        happened_at=at,
        person_id=person.pk,
        company_id=person.company_id,
        actor_id=by.pk if by else None,
        owner_id=owner_id,
        former_owner_id=person.owner_id or 0,
    )
