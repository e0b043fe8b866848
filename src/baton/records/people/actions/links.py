"""What other systems call people and companies."""

from django.db import transaction
from django.utils.translation import gettext as _

from baton.records.people.actions.refusals import ExternalIdTaken
from baton.records.people.models import Company, CompanyExternalId, Person, PersonExternalId


@transaction.atomic
def link_person(*, person: Person, source: str, external_id: str) -> None:
    """From now on ``source`` calls this person so; safe to say twice. Raises ExternalIdTaken."""
    link, _made = PersonExternalId.objects.get_or_create(
        source=source, external_id=external_id, defaults={"person": person}
    )
    _refuse_other(link.person_id, person.pk, f"{source}:{external_id}")


@transaction.atomic
def link_company(*, company: Company, source: str, external_id: str) -> None:
    """From now on ``source`` calls this company so; safe to say twice. Raises ExternalIdTaken."""
    link, _made = CompanyExternalId.objects.get_or_create(
        source=source, external_id=external_id, defaults={"company": company}
    )
    _refuse_other(link.company_id, company.pk, f"{source}:{external_id}")


def _refuse_other(found: int, wanted: int, name: str) -> None:
    if found != wanted:
        raise ExternalIdTaken(_("%(name)s is another record already.") % {"name": name})
