from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.notices import actions as notices
from baton.records.material.notices import STALE, stale_news
from baton.records.material.queries import today_here


@every("12 6 * * *")
@task()
@policy(atomic=True, single=True)
def tell_stale() -> None:
    """Owners are told of what is out of date; of each last day once, however often this runs."""
    now = timezone.now()
    notices.tell(STALE, stale_news(today=today_here(now), at=now))
