"""What an address allows: written down each time, never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts import publish, publish_many
from baton.records.people.actions.lists import read_emails
from baton.records.people.actions.refusals import refuse_too_long
from baton.records.people.events import ConsentRecorded
from baton.records.people.models import Consent
from baton.records.people.queries import people_by_emails, person_by_email
from baton.records.people.rules import tidy


def record_consent(
    *,
    email: str,
    purpose: str,
    is_given: bool,
    basis: str,
    source: str,
    at: datetime,
    wording: str = "",
    ip: str | None = None,
    by: User | None = None,
) -> Consent:
    """Add one statement of this address about one purpose; the latest by ``at`` holds.

    ``source`` says where it was given: a form, an import, a colleague. Raises BadAddress.
    """
    [mail] = read_emails([email])
    values = {"purpose": tidy(purpose), "basis": tidy(basis), "source": tidy(source)}
    refuse_too_long(Consent, values)
    said = wording.replace("\0", "")
    row = Consent(email=mail.normalised, is_given=is_given, wording=said, ip=ip, at=at, **values)
    return _write(row, email=email, by=by)


@transaction.atomic(savepoint=False)
def _write(row: Consent, *, email: str, by: User | None) -> Consent:
    person = person_by_email(email)
    row.save()
    publish(
        ConsentRecorded(
            happened_at=row.at,
            person_id=person.pk if person else None,
            company_id=person.company_id if person else None,
            actor_id=by.pk if by else None,
            purpose=row.purpose,
            is_given=row.is_given,
        )
    )
    return row


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What an address said about a purpose, as ``record_consent`` takes it."""

    email: str  # normalised
    purpose: str
    is_given: bool
    basis: str
    source: str
    at: datetime
    wording: str = ""
    ip: str | None = None

    def same(self) -> tuple[str, str, bool, datetime]:
        """By what a statement is known to be written down already."""
        return self.email, self.purpose, self.is_given, self.at


@transaction.atomic(savepoint=False)
def record_consents(*, statements: Sequence[Statement]) -> list[bool]:
    """Many at once, in this order; says which were news. One that stands here stays once."""
    rows = Consent.objects.filter(email__in={one.email for one in statements})
    known = set(rows.values_list("email", "purpose", "is_given", "at"))
    is_news = []
    for one in statements:
        is_news.append(one.same() not in known)
        known.add(one.same())
    fresh = [one for one, is_new in zip(statements, is_news, strict=True) if is_new]
    Consent.objects.bulk_create([Consent(**vars(one)) for one in fresh], batch_size=500)
    people = people_by_emails([one.email for one in fresh])
    publish_many(
        ConsentRecorded(
            happened_at=one.at,
            person_id=person.pk if person else None,
            company_id=person.company_id if person else None,
            purpose=one.purpose,
            is_given=one.is_given,
        )
        for one in fresh
        for person in [people.get(one.email)]
    )
    return is_news


def forget_statements(*, batch: UUID) -> list[str]:
    """An import is taken back: what it said of addresses was never said. Nothing of it stays."""
    Consent.objects.filter(batch=batch).delete()
    return []
