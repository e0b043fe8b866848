from django.utils import timezone
from django_tasks import task

from baton.core.api.idempotency import KEPT
from baton.core.api.models import IdempotencyKey
from baton.core.jobs import every, policy


@every("41 * * * *")
@task()
@policy(atomic=True)
def prune_idempotency_keys() -> None:
    """Forget answers older than two days."""
    IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
