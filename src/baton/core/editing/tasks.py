"""Runs over very many rows: a bite a job, so that nothing waits for them."""

from django.utils import timezone
from django_tasks import task

from baton.core.editing import actions
from baton.core.jobs import policy


@task()
@policy(atomic=True, single=True)
def do_bulk(*, run_id: int) -> None:
    """The next bite, and the next job."""
    if actions.do_bite(run_id=run_id, at=timezone.now()):
        do_bulk.enqueue(run_id=run_id)
