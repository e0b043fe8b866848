from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_change, record_each, trash_rows
from baton.core.facts import publish
from baton.core.keys import new_key
from baton.records.people.models import Company, Person
from baton.records.timeline.actions.shared import (
    AboutIds,
    hold,
    save_edit,
    write_created,
    written,
)
from baton.records.timeline.events import TaskAdded, TaskDone
from baton.records.timeline.models import Task

Ids = Collection[int]


class TaskValues(TypedDict, total=False):
    """What may be edited."""

    title: str
    due_at: datetime | None
    owner: User


@transaction.atomic
def add_task(
    *,
    title: str,
    owner: User,
    by: User | None,
    at: datetime,
    due_at: datetime | None = None,
    person: Person | None = None,
    company: Company | None = None,
    deal_id: int | None = None,
    campaign_id: int | None = None,
) -> Task:
    """What ``owner`` is to do, about somebody or about nothing. Raises EmptyText, TooLong."""
    task = Task.objects.create(
        title=written(title, limit=250),
        owner=owner,
        created_by=by,
        due_at=due_at,
        person=person,
        company=company,
        deal_id=deal_id,
        campaign_id=campaign_id,
    )
    write_created(task, object_type="task", by=by, at=at)
    publish(
        TaskAdded(happened_at=at, task_id=task.pk, actor_id=by.pk if by else None, **_about(task))
    )
    return task


@transaction.atomic
def edit_task(
    *,
    task: Task,
    values: TaskValues,
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Task:
    """Set what differs. Raises LostRace, EmptyText, TooLong."""
    cleaned = values.copy()
    if "title" in values:
        cleaned["title"] = written(values["title"], limit=250)
    return save_edit(
        hold(task),
        object_type="task",
        values=cleaned,
        version=version,
        by=by,
        at=at,
        batch=batch,
    )


@transaction.atomic
def finish_task(
    *, task: Task, by: User | None, at: datetime, batch: UUID | None = None
) -> UUID | None:
    """Done; undone by the batch that is returned. None when it was done already."""
    task = hold(task)
    if task.done_at:
        return None
    return _set_done(task, to=at, by=by, at=at, batch=batch)


@transaction.atomic
def reopen_task(*, task: Task, by: User | None, at: datetime) -> UUID | None:
    """To be done again; its fact is not shown any more. None when it was open already."""
    task = hold(task)
    if not task.done_at:
        return None
    return _set_done(task, to=None, by=by, at=at)


@transaction.atomic
def trash_tasks(*, task_ids: Ids, by: User | None, at: datetime, batch: UUID | None = None) -> UUID:
    """Gone from every list; undone by the batch that is returned."""
    moved = trash_rows(Task.objects.filter(pk__in=task_ids), at=at)
    return record_each(moved, object_type="task", verb="deleted", by=by, at=at, batch=batch)


def mark_done(task: Task, *, to: datetime | None, by: User | None) -> None:
    """Set it on a locked task and tell, without history: for the undo, which writes its own."""
    task.done_at = to
    task.version += 1
    task.save(update_fields=["done_at", "version"])
    if to is not None:
        actor = by.pk if by else None
        publish(TaskDone(happened_at=to, task_id=task.pk, actor_id=actor, **_about(task)))


def _set_done(
    task: Task,
    *,
    to: datetime | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> UUID:
    before = task.done_at
    mark_done(task, to=to, by=by)
    batch = batch or new_key()
    record_change(
        object_type="task",
        object_id=task.pk,
        verb="edited",
        before={"done_at": before},
        after={"done_at": to},
        by=by,
        at=at,
        batch=batch,
    )
    return batch


def _about(task: Task) -> AboutIds:
    return {
        "person_id": task.person_id,
        "company_id": task.company_id or (task.person.company_id if task.person else None),
        "deal_id": task.deal_id,
        "campaign_id": task.campaign_id,
    }
