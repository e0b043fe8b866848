from django.utils import timezone
from django_tasks import task

from baton.core.files import actions
from baton.core.jobs import every, policy


@every("53 3 * * *")
@task()
@policy(single=True)
def throw_away_old() -> None:
    """What nobody can have back any more."""
    actions.throw_away_old(at=timezone.now())
