"""Who looks after whom."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from baton.core.access.models import User
from baton.core.bulk import update_rows
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import publish_many
from baton.core.fields.actions import check_written, refused
from baton.core.keys import new_key
from baton.records.people.events import CompanyChanged, OwnerChanged
from baton.records.people.models import Company, Person


def assign_owner(
    *, person: Person, owner: User | None, by: User | None, at: datetime, cause: str = ""
) -> Person:
    """Give one person an owner (None = nobody); no news when it is theirs already."""
    assign_owners(people_ids=[person.pk], owner=owner, by=by, at=at, cause=cause)
    person.refresh_from_db(fields=["owner", "version"])
    return person


def assign_owners(
    *,
    people_ids: Collection[int],
    owner: User | None,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """Give these living people an owner; returns the batch by which all of it is undone.

    Whom a rule refuses keeps their own; raises NotAccepted when it refuses all.
    """
    batch = batch or new_key()
    give_people(people_ids=people_ids, owner=owner, by=by, at=at, cause=cause, batch=batch)
    return batch


@transaction.atomic(savepoint=False)
def give_people(
    *,
    people_ids: Collection[int],
    owner: User | None,
    by: User | None,
    at: datetime,
    batch: UUID,
    cause: str = "",
) -> int:
    """As assign_owners; says how many a rule refused."""
    living = Person.objects.living().select_for_update().filter(pk__in=people_ids)
    moved = list(living.exclude(owner=owner).order_by("pk"))
    kept = _give(moved, owner, object_type="person", by=by, at=at, cause=cause)
    moved = [row for row in moved if row.pk not in kept]
    record_changes(
        _change("person", row, owner, by=by, at=at, cause=cause, batch=batch) for row in moved
    )
    owner_id = owner.pk if owner else 0
    publish_many(_moved(person, owner_id=owner_id, by=by, at=at) for person in moved)
    return len(kept)


@transaction.atomic(savepoint=False)
def give_companies(
    *,
    company_ids: Collection[int],
    owner: User | None,
    by: User | None,
    at: datetime,
    batch: UUID,
) -> int:
    """Give companies to somebody, whose people keep their own; says how many a rule refused."""
    living = Company.objects.living().select_for_update().filter(pk__in=company_ids)
    moved = list(living.exclude(owner=owner).order_by("pk"))
    kept = _give(moved, owner, object_type="company", by=by, at=at)
    moved = [row for row in moved if row.pk not in kept]
    record_changes(_change("company", row, owner, by=by, at=at, batch=batch) for row in moved)
    actor = by.pk if by else None
    publish_many(
        CompanyChanged(company_id=row.pk, happened_at=at, actor_id=actor, fields=["owner"])
        for row in moved
    )
    return len(kept)


def _give(
    moved: Sequence[Person] | Sequence[Company],
    owner: User | None,
    *,
    object_type: str,
    by: User | None,
    at: datetime,
    cause: str = "",
) -> Collection[int]:
    """Write the owner; ids of those that a rule refuses, who have their own again."""
    if not moved:
        return ()
    check_written(object_type, ["owner"], by=by, cause=cause)
    kind = type(moved[0])
    rows = kind._base_manager.filter(pk__in=[row.pk for row in moved])
    rows.update(owner=owner, version=F("version") + 1)
    wrong = refused(rows, object_type=object_type, at=at, by=by, cause=cause)
    former = {row.pk: {"owner_id": row.owner_id, "version": row.version} for row in moved}
    if wrong:
        back = {pk: former[pk] for pk in wrong}
        update_rows(kind, back, fields=["owner_id", "version"])
    return wrong


def _change(
    object_type: str,
    row: Person | Company,
    owner: User | None,
    *,
    by: User | None,
    at: datetime,
    batch: UUID,
    cause: str = "",
) -> Change:
    return Change(
        object_type=object_type,
        object_id=row.pk,
        verb="edited",
        before={"owner": row.owner_id},
        after={"owner": owner.pk if owner else None},
        by=by,
        at=at,
        cause=cause,
        batch=batch,
    )


def _moved(person: Person, *, owner_id: int, by: User | None, at: datetime) -> OwnerChanged:
    return OwnerChanged(
        happened_at=at,
        person_id=person.pk,
        company_id=person.company_id,
        actor_id=by.pk if by else None,
        owner_id=owner_id,
        former_owner_id=person.owner_id or 0,
    )


@dataclass(frozen=True, kw_only=True)
class Given:
    """Somebody who belongs to an owner since then; ``person`` as they are in the database."""

    person: Person
    owner: User
    at: datetime


@transaction.atomic(savepoint=False)
def give_each(*, given: Sequence[Given], cause: str = "") -> None:
    """Each to their own owner, at their own time, with the same history and facts; by the owner."""
    moved = [one for one in given if one.person.owner_id != one.owner.pk]
    update_rows(
        Person,
        {
            one.person.pk: {"owner_id": one.owner.pk, "version": one.person.version + 1}
            for one in moved
        },
        fields=["owner_id", "version"],
    )
    record_changes(
        Change(
            object_type="person",
            object_id=one.person.pk,
            verb="edited",
            before={"owner": one.person.owner_id},
            after={"owner": one.owner.pk},
            by=one.owner,
            at=one.at,
            cause=cause,
        )
        for one in moved
    )
    publish_many(
        _moved(one.person, owner_id=one.owner.pk, by=one.owner, at=one.at) for one in moved
    )
    for one in moved:
        one.person.owner, one.person.version = one.owner, one.person.version + 1
