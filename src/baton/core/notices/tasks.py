from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.notices import actions

KEPT = timedelta(days=183)


@every("17 3 * * *")
@task()
@policy(single=True)
def purge_notices() -> None:
    """After half a year."""
    actions.purge_notices(before=timezone.now() - KEPT)
