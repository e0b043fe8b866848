"""What an address allows: written down each time, never overwritten."""

from datetime import datetime

from django.db import transaction

from baton.core.access.models import User
from baton.core.facts import publish
from baton.records.people.actions.lists import read_emails
from baton.records.people.actions.refusals import refuse_too_long
from baton.records.people.events import ConsentRecorded
from baton.records.people.models import Consent
from baton.records.people.queries import person_by_email
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
