"""Open tasks: mine by when they are due, and those about one record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.prepared import Prepared, one_row
from baton.core.ui.formats import day_words
from baton.records.people.models import Company, Person
from baton.records.timeline.models import Task, TaskQuerySet
from baton.records.timeline.rules import END_OF_DAY, Due, due_group
from baton.records.timeline.slots import Subject

LONGEST_LIST = 300


HEADINGS: Mapping[Due, Promise] = {
    Due.LATE: gettext_lazy("Late"),
    Due.TODAY: gettext_lazy("Today"),
    Due.LATER: gettext_lazy("Later"),
    Due.NO_DATE: gettext_lazy("No date"),
}


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """A task as a row of a list. ``due`` in words, empty without a date."""

    task: Task
    due: str
    is_late: bool
    about: Person | Company | None


@dataclass(frozen=True, kw_only=True)
class TaskGroup:
    """Tasks that are due alike, the earliest first."""

    due: Due
    heading: Promise
    tasks: list[TaskShown]


def task_groups(*, owner: User, at: datetime) -> list[TaskGroup]:
    """The open tasks of one user, late ones first; days as the reader's zone has them."""
    zone = timezone.get_current_timezone()
    tasks = in_order(Task.objects.open().filter(owner=owner))[:LONGEST_LIST]
    grouped = groupby(tasks, key=lambda task: due_group(task.due_at, at=at, zone=zone))
    return [
        TaskGroup(due=due, heading=HEADINGS[due], tasks=[shown(task, at=at) for task in same])
        for due, same in grouped
    ]


def done_tasks(*, owner: User, at: datetime) -> list[TaskShown]:
    """What one user did lately, the latest first."""
    done = Task.objects.filter(owner=owner, deleted_at=None, done_at__isnull=False)
    rows = done.select_related("person", "company", "owner").order_by("-done_at", "-pk")[:50]
    return [shown(task, at=at) for task in rows]


def due_count(*, owner: User, at: datetime) -> tuple[int, int]:
    """How many open tasks are late, and how many of today are still ahead."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    ((late, due),) = _DUE.rows(owner=owner.pk, at=at, tomorrow=today + timedelta(days=1))
    return late, due - late


def _due(owner: Any, at: Any, tomorrow: Any) -> Any:
    due = Task.objects.open().filter(owner=owner, due_at__lt=tomorrow).order_by()
    late = Count("pk", filter=Q(due_at__lt=at))
    return one_row(due).annotate(late=late, all=Count("pk")).values_list("late", "all")


_DUE = Prepared(_due)


def open_tasks_about(subject: Subject, *, user: User, at: datetime) -> list[TaskShown]:
    """What is still to be done about a record, as far as ``user`` sees it."""
    rows = _ABOUT.rows(
        user=user,
        person=subject.person.pk if subject.person else None,
        company=subject.company.pk if subject.company else None,
        people=subject.person_ids if subject.company else [],
        deal=subject.deal_id,
        campaign=subject.campaign_id,
    )
    return [shown(task, at=at) for task in rows]


def _about(
    user: User, person: Any, company: Any, people: Any, deal: Any, campaign: Any
) -> TaskQuerySet:
    wanted = {"person": person, "company": company, "deal_id": deal, "campaign_id": campaign}
    about = Q(person__in=people)
    for name, value in wanted.items():
        about |= Q(**{name: value}) if value else Q(pk__in=[])
    # Found first, then put in order: along the order, all tasks that there are would be walked.
    found = Task.objects.open().filter(about).values("pk")
    return in_order(Task.objects.visible_to(user).filter(pk__in=found))[:50]


_ABOUT = Prepared(_about)


def in_order(tasks: TaskQuerySet) -> TaskQuerySet:
    """By when they are due, those without a date at the end; with what a row of a list shows."""
    shown = tasks.select_related("person", "company", "owner")
    return shown.order_by(F("due_at").asc(nulls_last=True), "pk")


def shown(task: Task, *, at: datetime) -> TaskShown:
    """As a row of a list; person and company must be loaded."""
    is_late = not task.done_at and task.due_at is not None and task.due_at < at
    return TaskShown(
        task=task,
        due=_due_words(task, at=at),
        is_late=is_late,
        about=task.person or task.company,
    )


def _due_words(task: Task, *, at: datetime) -> str:
    """15:30, Today, Tomorrow 15:30, Fri 28, and of what is done, when it was."""
    moment = task.done_at or task.due_at
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    day = day_words(here.date(), today=timezone.localtime(at).date())
    is_whole_day = here.time() == END_OF_DAY and not task.done_at
    return day if is_whole_day else f"{day} {here:%H:%M}"
