from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.operations.integrations.actions.delivering import forget_old
from baton.operations.integrations.actions.sending import send_due
from baton.operations.integrations.notices import tell_given_up


@every("* * * * *")
@task()
@policy(single=True)
def send_webhooks() -> None:
    """What is due; rung by facts and buttons, and each minute for what they forgot."""
    is_more = send_due(
        now=timezone.now, given_up=lambda endpoint: tell_given_up(endpoint, at=timezone.now())
    )
    if is_more:
        send_webhooks.enqueue()


@every("47 3 * * *")
@task()
@policy(single=True)
def forget_deliveries() -> None:
    """What is older than thirty days."""
    forget_old(at=timezone.now())
