from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.core.notices import actions as notices
from baton.operations.administration.notices import FAILED, IMPORTED, failure_news, import_news


@every("*/5 * * * *")
@task()
@policy(single=True)
def tell_admins() -> None:
    """What ended and what failed; each once."""
    at = timezone.now()
    notices.tell(IMPORTED, import_news(at=at))
    notices.tell(FAILED, failure_news(at=at))
