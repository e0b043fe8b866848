"""Into the trash and out of it; addresses and domains go along, so that others may have them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_each, restore_rows, trash_rows
from baton.core.facts import publish_many
from baton.records.people.events import (
    CompanyDeleted,
    CompanyRestored,
    PersonDeleted,
    PersonRestored,
)
from baton.records.people.models import Company, CompanyDomain, EmailAddress, Merge, Person

Ids = Collection[int]


@transaction.atomic
def trash_people(
    *,
    people_ids: Ids,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """Delete people, so that it can be undone by the batch that is returned."""
    moved = put_people_away(people_ids, by, at)
    return record_each(
        moved, object_type="person", verb="deleted", by=by, at=at, cause=cause, batch=batch
    )


@transaction.atomic
def trash_companies(
    *,
    company_ids: Ids,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """Delete companies, to be undone by the batch that is returned. Their people stay."""
    moved = put_companies_away(company_ids, by, at)
    return record_each(
        moved, object_type="company", verb="deleted", by=by, at=at, cause=cause, batch=batch
    )


@transaction.atomic
def restore_companies(*, company_ids: Ids, by: User | None, at: datetime, cause: str = "") -> UUID:
    """Take companies out of the trash; a domain that another has by now stays there."""
    moved = bring_companies_back(company_ids, by, at)
    return record_each(moved, object_type="company", verb="restored", by=by, at=at, cause=cause)


@transaction.atomic
def put_people_away(people_ids: Ids, by: User | None, at: datetime) -> list[int]:
    """As trash_people, without history: for the undo, which writes its own."""
    ids = trash_rows(Person.objects.filter(pk__in=people_ids), at=at)
    EmailAddress.objects.filter(person_id__in=ids, deleted_at=None).update(deleted_at=at)
    actor = by.pk if by else None
    publish_many(PersonDeleted(happened_at=at, person_id=pk, actor_id=actor) for pk in ids)
    return ids


@transaction.atomic
def bring_people_back(people_ids: Ids, by: User | None, at: datetime) -> list[int]:
    """Out of the trash; an address that somebody else has by now stays there. Without history."""
    merged = Merge.objects.filter(object_type="person", undone_at=None).values("merged_id")
    ids = restore_rows(Person.objects.filter(pk__in=people_ids).exclude(pk__in=merged))
    theirs = EmailAddress.objects.filter(person_id__in=ids).exclude(deleted_at=None)
    taken = EmailAddress.objects.filter(deleted_at=None).values("normalised")
    theirs.filter(normalised__in=taken).update(is_primary=False)
    theirs.exclude(normalised__in=taken).update(deleted_at=None)
    actor = by.pk if by else None
    publish_many(PersonRestored(happened_at=at, person_id=pk, actor_id=actor) for pk in ids)
    return ids


@transaction.atomic
def put_companies_away(company_ids: Ids, by: User | None, at: datetime) -> list[int]:
    """As trash_companies, without history."""
    ids = trash_rows(Company.objects.filter(pk__in=company_ids), at=at)
    CompanyDomain.objects.filter(company_id__in=ids, deleted_at=None).update(deleted_at=at)
    actor = by.pk if by else None
    publish_many(CompanyDeleted(happened_at=at, company_id=pk, actor_id=actor) for pk in ids)
    return ids


@transaction.atomic
def bring_companies_back(company_ids: Ids, by: User | None, at: datetime) -> list[int]:
    """Out of the trash; a domain that another has by now stays there. Without history."""
    merged = Merge.objects.filter(object_type="company", undone_at=None).values("merged_id")
    ids = restore_rows(Company.objects.filter(pk__in=company_ids).exclude(pk__in=merged))
    theirs = CompanyDomain.objects.filter(company_id__in=ids).exclude(deleted_at=None)
    taken = CompanyDomain.objects.filter(deleted_at=None).values("domain")
    theirs.exclude(domain__in=taken).update(deleted_at=None)
    actor = by.pk if by else None
    publish_many(CompanyRestored(happened_at=at, company_id=pk, actor_id=actor) for pk in ids)
    return ids
