"""How other systems call our people and companies."""

from collections.abc import Collection, Mapping

from django.db import transaction

from baton.records.people.models import Company, CompanyExternalId, Person, PersonExternalId


@transaction.atomic(savepoint=False)
def call_people(*, source: str, names: Mapping[str, Person]) -> None:
    """From now on that system's ids are theirs, too."""
    rows = [
        PersonExternalId(person=person, source=source, external_id=name)
        for name, person in names.items()
    ]
    PersonExternalId.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic(savepoint=False)
def call_companies(*, source: str, names: Mapping[str, Company]) -> None:
    """The same of companies."""
    rows = [
        CompanyExternalId(company=company, source=source, external_id=name)
        for name, company in names.items()
    ]
    CompanyExternalId.objects.bulk_create(rows, ignore_conflicts=True)


def forget_people(*, source: str, names: Collection[str]) -> None:
    """Of these ids those of people in the trash are nobody's any more."""
    gone = PersonExternalId.objects.filter(source=source, external_id__in=names)
    people = list(gone.exclude(person__deleted_at=None).values_list("person_id", flat=True))
    PersonExternalId.objects.filter(source=source, person__in=people).delete()


def forget_companies(*, source: str, names: Collection[str]) -> None:
    """The same of companies."""
    gone = CompanyExternalId.objects.filter(source=source, external_id__in=names)
    gone.exclude(company__deleted_at=None).delete()
