import logging

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.insight.lake import actions
from baton.insight.lake.queries.streams import SOURCES

logger = logging.getLogger(__name__)
LEAST = 2_000  # rows that are worth a file; fewer are read from the log in no time


@every("*/5 * * * *")
@task()
@policy(single=True)
def seal_lake() -> None:
    """What the log has gained becomes files. Killed anywhere and run again, nothing is lost or
    doubled."""
    for name in SOURCES:
        while actions.seal(name, at=timezone.now(), least=LEAST):
            pass
