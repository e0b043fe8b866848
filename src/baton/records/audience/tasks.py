from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.jobs.policy import BULK
from baton.records.audience import actions
from baton.records.audience.queries import has_window
from baton.records.people.queries import living_ids_after

BITE = 500


@task(priority=BULK)
@policy(atomic=True, single=True)
def reassign_everybody(*, after: int = 0) -> None:
    """Try the rules on all people, a bite at a time."""
    bite = living_ids_after(after, limit=BITE)
    actions.assign_by_rules(person_ids=bite, at=timezone.now())
    if len(bite) == BITE:
        reassign_everybody.enqueue(after=bite[-1])


@every("23 2 * * *")
@task()
@policy(atomic=True)
def reassign_after_midnight() -> None:
    """A rule like "in the last 30 days" changes its answer though nothing happens."""
    if has_window():
        reassign_everybody.enqueue()
