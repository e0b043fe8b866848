"""What an admin does with dead letters: see why, ring them again, forget them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Now

from baton.core import bell
from baton.core.errors import RuleViolation
from baton.core.jobs.models import Job


class NoDeadLetters(RuleViolation):
    """No job of this task has failed for good."""


@dataclass(frozen=True, kw_only=True)
class DeadLetters:
    """The jobs of one task that have failed for good; ``error`` is the latest one's."""

    task: str
    count: int
    latest_at: datetime
    error: str


def dead_letters() -> list[DeadLetters]:
    """By task, in order of names."""
    dead = Job.objects.filter(is_dead=True)
    tasks = dead.values("task").annotate(count=Count("pk"), latest=Max("pk")).order_by("task")
    latest = dead.in_bulk([row["latest"] for row in tasks])
    return [
        DeadLetters(
            task=job.task,
            count=row["count"],
            latest_at=job.finished_at or job.enqueued_at,
            error=job.error,
        )
        for row in tasks
        if (job := latest.get(row["latest"]))
    ]


@transaction.atomic
def ring_again(*, task: str = "") -> int:
    """All their attempts are before them again; says how many. Raises NoDeadLetters."""
    bell.ring_on_commit()
    return _dead(task).update(
        finished_at=None, is_dead=False, owner="", attempt=0, due_at=Now(), error=""
    )


def forget(*, task: str) -> int:
    """The rows that the jobs were about stay as they are. Raises NoDeadLetters."""
    return _dead(task).delete()[0]


def _dead(task: str) -> QuerySet[Job]:
    dead = Job.objects.filter(is_dead=True)
    if not task:
        return dead
    if not dead.filter(task=task).exists():
        raise NoDeadLetters(f"No job of {task} has failed for good: see baton jobs.")
    return dead.filter(task=task)
