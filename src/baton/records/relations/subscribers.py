from django.utils import timezone

from baton.core.facts import on
from baton.core.settings.queries import organisation_zone
from baton.records.people.events import PersonChanged
from baton.records.people.models import Person
from baton.records.relations import actions


@on(PersonChanged)
def keep_former_employer(fact: PersonChanged) -> None:
    """Who changes the company worked at the former one. Of whom was added on that very day the
    company was only put right."""
    if "company" not in fact.fields or not fact.former_company_id:
        return
    person = Person.objects.living().filter(pk=fact.person_id or 0).first()
    on_day = timezone.localtime(fact.happened_at, organisation_zone()).date()
    if not person or timezone.localtime(person.created_at, organisation_zone()).date() == on_day:
        return
    actions.keep_former_employer(
        person_id=person.pk,
        former_id=fact.former_company_id,
        company_id=fact.company_id or None,
        title="" if "job_title" in fact.fields else person.job_title,
        on=on_day,
        at=fact.happened_at,
    )
