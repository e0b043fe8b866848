from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.signin.models import Session


@every("17 3 * * *")
@task()
@policy(atomic=True)
def prune_sessions() -> None:
    """Forget sessions that have run out."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
