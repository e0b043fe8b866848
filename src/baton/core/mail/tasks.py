from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.mail import actions, sending


@every("* * * * *")
@task()
@policy(single=True)
def send_mail() -> None:
    """What is due; rung by who wrote it, and each minute for what they forgot."""
    if sending.send_due(now=timezone.now):
        send_mail.enqueue()


@every("51 3 * * *")
@task()
@policy(single=True)
def forget_mail() -> None:
    """What is older than three months."""
    actions.forget_old(at=timezone.now())
