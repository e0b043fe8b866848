from django.utils import timezone
from django_tasks import task

from baton.core.jobs import TIMERS, every, policy
from baton.core.notices import actions as notices
from baton.core.settings.queries import organisation
from baton.records.timeline.notices import DUE, due_news


@every("* * * * *")
@task(priority=TIMERS)
@policy(single=True)
def tell_due_tasks() -> None:
    """Once for each due time; to nobody from a restored copy."""
    if organisation().is_armed:
        notices.tell(DUE, due_news(at=timezone.now()))
