from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy

KEPT = timedelta(days=30)


@every("11 3 * * *")
@task()
@policy(atomic=True)
def prune_sign_ins() -> None:
    """Forget failed sign-ins, and who signed in from where, after a month."""
    long_ago = timezone.now() - KEPT
    AccessAttempt.objects.filter(attempt_time__lt=long_ago).delete()
    AccessLog.objects.filter(attempt_time__lt=long_ago).delete()
