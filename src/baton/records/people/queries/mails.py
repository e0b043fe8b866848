"""Who has which address."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from django.db.models import QuerySet

from baton.core.bulk import one_of
from baton.records.people.models import EmailAddress, Person
from baton.records.people.rules import UnreadableAddress, read_email

ASKED = 8192  # addresses: those of a portion, each asked for many times


def person_by_email(email: str) -> Person | None:
    """The living person who has this address, however it is written; None when unreadable."""
    return next(iter(people_by_emails([email]).values()), None)


def people_by_emails(emails: Iterable[str]) -> dict[str, Person]:
    """Living people by normalised address; unknown and unreadable ones are left out."""
    wanted = {normal for email in emails if (normal := normalised(email))}
    if not wanted:
        return {}
    rows = _living_addresses(wanted)
    return {row.normalised: row.person for row in rows.select_related("person")}


def person_ids_by_emails(emails: Iterable[str]) -> dict[str, int]:
    """The same, where the ids alone will do."""
    wanted = {normal for email in emails if (normal := normalised(email))}
    if not wanted:
        return {}
    return dict(_living_addresses(wanted).values_list("normalised", "person_id"))


def _living_addresses(wanted: Collection[str]) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(normalised__in=one_of(wanted), deleted_at=None)


@lru_cache(maxsize=ASKED)
def normalised(email: str) -> str:
    """The form by which addresses are compared; "" when it is none."""
    try:
        return read_email(email).normalised
    except UnreadableAddress:
        return ""
