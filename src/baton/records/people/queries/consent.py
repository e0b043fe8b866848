"""What addresses allowed."""

from collections.abc import Iterable

from baton.core.prepared import Prepared
from baton.records.people.models import Consent, Person
from baton.records.people.queries.people import emails_of


def consents_of(person: Person) -> list[Consent]:
    """What holds of what the addresses of somebody said, newest first."""
    return consents_said(row.normalised for row in emails_of([person.pk])[person.pk])


def consents_said(emails: Iterable[str]) -> list[Consent]:
    """For each normalised address and purpose what holds, newest first; ``doubtful`` is what a form
    has said since to the contrary."""
    return sorted(
        _holding(_SAID.rows(emails=list(emails))), key=lambda row: (row.at, row.pk), reverse=True
    )


_SAID = Prepared(lambda emails: Consent.objects.filter(email__in=emails).order_by("at", "pk"))


def _holding(rows: Iterable[Consent]) -> Iterable[Consent]:
    """Oldest first in; a statement of a form gives way to whatever else was said."""
    held: dict[tuple[str, str], Consent] = {}
    for row in rows:
        standing = held.get((row.email, row.purpose))
        is_weaker = standing and standing.basis != row.UNCONFIRMED == row.basis
        if standing and is_weaker:
            standing.doubtful = row if row.is_given != standing.is_given else None
        else:
            held[row.email, row.purpose] = row
    return held.values()
