"""Whom one writes about: people and companies here, whatever higher modules add."""

from uuid import UUID

from baton.core.access.models import User
from baton.core.access.permissions import Permission
from baton.core.prepared import Prepared
from baton.records.people.models import Company, Person
from baton.records.timeline.slots import Subject, subjects

SHOWN_COLLEAGUES = 500  # of a company: whose facts its timeline holds besides its own


def find_subject(kind: str, *, key: UUID, user: User, permission: Permission) -> Subject | None:
    """The record of that kind, if ``user`` reaches it with ``permission``; else None."""
    found = subjects.find(kind)
    return found.find(user, key, permission) if found else None


def person_subject(user: User, key: UUID, permission: Permission) -> Subject | None:
    """A person and what happened with them."""
    people = Person.objects.visible_to(user, permission).select_related("company")
    person = people.filter(key=key).first()
    return subject_of_person(person) if person else None


def company_subject(user: User, key: UUID, permission: Permission) -> Subject | None:
    """A company, and what happened with those of its people whom one sees."""
    company = Company.objects.visible_to(user, permission).filter(key=key).first()
    return subject_of_company(company, user=user) if company else None


def subject_of_person(person: Person) -> Subject:
    return Subject(
        kind="person",
        key=person.key,
        title=person.full_name,
        url=person.get_absolute_url(),
        person=person,
        person_ids=(person.pk,),
    )


def subject_of_company(company: Company, *, user: User) -> Subject:
    return Subject(
        kind="company",
        key=company.key,
        title=company.name,
        url=company.get_absolute_url(),
        company=company,
        person_ids=tuple(_LATELY.rows(user=user, company=company.pk)),
    )


_LATELY: Prepared[int] = Prepared(
    lambda user, company: (
        Person.objects.visible_to(user)
        .filter(company=company)
        .order_by("-latest_touch_at")
        .values_list("pk", flat=True)[:SHOWN_COLLEAGUES]
    )
)
