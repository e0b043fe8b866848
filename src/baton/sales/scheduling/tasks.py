from django.utils import timezone
from django_tasks import task

from baton.core.jobs import TIMERS, every, policy
from baton.core.mail.tasks import send_mail
from baton.core.settings.queries import organisation
from baton.sales.scheduling import actions
from baton.sales.scheduling.queries import owed_reminders

BITE = 200


@every("*/5 * * * *")
@task(priority=TIMERS)
@policy(single=True)
def remind_of_meetings() -> None:
    """The day before, each once; to nobody from a restored copy."""
    at = timezone.now()
    if not organisation().is_armed:
        return
    written = [actions.remind(booking=one, at=at) for one in owed_reminders(at)[:BITE]]
    if any(written):
        send_mail.enqueue()


@every("17 3 * * *")
@task()
@policy(single=True)
def forget_networks() -> None:
    """From where strangers booked."""
    actions.forget_networks(at=timezone.now())
