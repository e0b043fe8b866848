"""Everybody is looked at each night, in bites; who changed, at once."""

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import BULK, every, policy
from baton.records.duplicates import actions
from baton.records.duplicates.models import COMPANY, PERSON
from baton.records.people.queries import company_ids_after, living_ids_after

BITE = 300


@every("37 2 * * *")
@task(priority=BULK)
@policy(atomic=True, single=True)
def look_at_everybody() -> None:
    """People and companies, from the first on; what is left of those who are gone goes."""
    actions.forget_gone()
    look_at_bite.enqueue(object_type=PERSON)
    look_at_bite.enqueue(object_type=COMPANY)


@task(priority=BULK)
@policy(atomic=True)
def look_at_bite(*, object_type: str, after: int = 0) -> None:
    """So many records, then the next ones."""
    following = living_ids_after if object_type == PERSON else company_ids_after
    ids = following(after, limit=BITE)
    actions.look_again(object_type=object_type, ids=ids, at=timezone.now())
    if len(ids) == BITE:
        look_at_bite.enqueue(object_type=object_type, after=ids[-1])
