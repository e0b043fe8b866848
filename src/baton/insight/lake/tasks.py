import logging

from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.insight.lake import actions
from baton.insight.lake.queries import STREAMS

logger = logging.getLogger(__name__)
LEAST = 2_000  # rows that are worth a file; fewer are read from the log in no time


@every("*/5 * * * *")
@task()
@policy(single=True)
def seal_lake() -> None:
    """What the log has gained becomes files, and what was undone leaves them. Killed anywhere and
    run again, nothing is lost or doubled; what cannot be written now is written later."""
    try:
        actions.bring_up_to_date(now=timezone.now, least=LEAST)
    except actions.LakeUnwritable as full:
        logger.error("%s", full)


@every("41 * * * *")
@task()
@policy(single=True)
def tidy_lake() -> None:
    """Throw away what left the lake more than an hour ago."""
    actions.tidy(at=timezone.now())


@every("26 3 * * *")
@task()
@policy(single=True)
def check_lake() -> None:
    """Each night all files are read: what was damaged is made anew before somebody needs it."""
    try:
        for name in STREAMS:
            actions.mend(name, at=timezone.now(), is_thorough=True)
    except actions.LakeUnwritable as full:
        logger.error("%s", full)
