"""Which named account somebody belongs to."""

from collections.abc import Collection, Iterator

from baton.core.bulk import bites
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import NamedAccount
from baton.records.people.models import EmailAddress, Person
from baton.records.people.queries import domains_of, emails_of

_ANY = Prepared(lambda: NamedAccount.objects.living().order_by("pk").values_list("pk")[:1])


def named_accounts(people: Collection[Person]) -> dict[int, NamedAccount]:
    """By person: their company itself, else one of its domains, else that of their own mail."""
    if not people or not _ANY.rows():
        return {}
    rows = NamedAccount.objects.living()
    companies = {person.company_id for person in people if person.company_id}
    theirs, mails = domains_of(companies), emails_of([person.pk for person in people])
    marks = {person.pk: list(_domains(person, theirs, mails)) for person in people}
    by_company: dict[int | None, NamedAccount] = {}
    by_domain: dict[str, NamedAccount] = {}
    rows = rows.select_related("rep__team", "company")
    for some in bites(companies):
        by_company.update({row.company_id: row for row in rows.filter(company__in=some)})
    for names in bites({domain for found in marks.values() for domain in found}):
        by_domain.update({row.domain: row for row in rows.filter(domain__in=names)})
    found = {}
    for person in people:
        row = by_company.get(person.company_id) or next(
            (by_domain[domain] for domain in marks[person.pk] if domain in by_domain), None
        )
        if row:
            found[person.pk] = row
    return found


def _domains(
    person: Person, theirs: dict[int, list[str]], mails: dict[int, list[EmailAddress]]
) -> Iterator[str]:
    yield from theirs.get(person.company_id or 0, ())
    for mail in mails[person.pk]:
        yield mail.normalised.rpartition("@")[2]
