from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.mail.tasks import send_mail
from baton.core.notices import actions, chatting, mailing, pushing
from baton.core.notices.calling import BITE
from baton.core.settings.queries import organisation

KEPT = timedelta(days=183)


@every("* * * * *")
@task()
@policy(single=True)
def deliver_notices() -> None:
    """What is due by whatever way; rung by who told something, each minute for what they forgot."""
    if not organisation().is_armed:
        return
    at = timezone.now()
    pushes = pushing.push_due(now=timezone.now)
    chats = chatting.write_due(now=timezone.now)
    mails = mailing.write_mails(at=at)
    digests = mailing.write_digests(at=at)
    if mails or digests:
        send_mail.enqueue()
    if mailing.BITE in (mails, digests) or BITE in (pushes, chats):
        deliver_notices.enqueue()


@every("17 3 * * *")
@task()
@policy(single=True)
def purge_notices() -> None:
    """After half a year."""
    actions.purge_notices(before=timezone.now() - KEPT)
