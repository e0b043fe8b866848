"""The company behind a deal that is opened with a person: theirs, else the one at their mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from baton.core.access.models import User
from baton.records.people import actions as people
from baton.records.people.models import Company, Person
from baton.records.people.queries import domains_of, emails_of
from baton.records.people.rules import domain_of

CAUSE = "deal.opened"


def firm_of(person_id: int, *, by: User | None, at: datetime) -> Company | None:
    """The person's company; who has none is linked with the one at their mail's domain, which is
    made when nobody knows it. Never of a provider of private mail. Fills empty fields only.

    The person is locked: of two who open a deal with them at once, the second finds it done.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    domain = _domain(person)
    if person.company_id is None:
        if not domain:
            return None
        firm, _is_new = people.find_or_create_company(domain=domain, at=at, by=by)
        values: dict[str, Any] = {"company": firm}
        people.edit_person(person=person, values=values, version=None, by=by, at=at, cause=CAUSE)
    else:
        firm = person.company
    if firm and firm.deleted_at is None:
        _fill(firm, _known(firm, person, domain=domain), by=by, at=at)
    return firm


def _known(firm: Company, person: Person, *, domain: str) -> Mapping[str, Any]:
    """What the person tells of a company that lacks it. Not an owner: that would hide it."""
    found: dict[str, Any] = {}
    if person.country and not firm.country:
        found["country"] = person.country
    if domain and not domains_of([firm.pk])[firm.pk]:
        found["domains"] = [domain]
    return found


def _fill(firm: Company, values: Mapping[str, Any], *, by: User | None, at: datetime) -> None:
    if not values:
        return
    try:
        people.edit_company(company=firm, values=values, version=None, by=by, at=at, cause=CAUSE)
    except people.DomainTaken:  # by another company: it keeps it, the rest is filled
        rest = {name: value for name, value in values.items() if name != "domains"}
        people.edit_company(company=firm, values=rest, version=None, by=by, at=at, cause=CAUSE)


def _domain(person: Person) -> str:
    """Behind the @ of the first address at which not everybody can have a mailbox."""
    found = (domain_of(row.normalised) for row in emails_of([person.pk])[person.pk])
    return next(filter(None, found), "")
