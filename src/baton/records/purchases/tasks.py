from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.records.purchases import actions
from baton.records.purchases.queries import deliveries_to_read

BITE = 200


@task()
@policy(single=True)
def read_deliveries() -> None:
    """What shops sent and nobody has read yet, the oldest first."""
    ids = deliveries_to_read(limit=BITE)
    for pk in ids:
        actions.process_delivery(delivery_id=pk, at=timezone.now())
    if len(ids) == BITE:
        read_deliveries.enqueue()


@every("* * * * *")
@task()
@policy(single=True)
def sweep_deliveries() -> None:
    """The bell that rang for one may have been lost; what waits for another is asked again."""
    if deliveries_to_read(limit=1):
        read_deliveries.enqueue()


@every("41 3 * * *")
@task()
def forget_bodies() -> None:
    """Names and addresses in them are kept a month; what waited too long is given up."""
    at = timezone.now()
    for pk in deliveries_to_read(limit=BITE, state="waiting"):
        actions.process_delivery(delivery_id=pk, at=at)
    actions.forget_bodies(at=at)
