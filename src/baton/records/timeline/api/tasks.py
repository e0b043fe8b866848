"""What is to be done."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query
from ninja.responses import Status

from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.records.timeline import actions
from baton.records.timeline.api.about import of, written_to
from baton.records.timeline.api.routes import router
from baton.records.timeline.api.shapes import AboutAny, TaskIn, TaskOut
from baton.records.timeline.models import Task
from baton.records.timeline.permissions import EDIT_TASKS, VIEW_TASKS
from baton.records.timeline.queries import colleagues_of


@router.get("/tasks", response=Page[TaskOut])
@needs(VIEW_TASKS)
def list_tasks(
    request: Any,
    about: Query[AboutAny],
    is_done: bool | None = None,  # noqa: FBT001 -- a query parameter, given by name
    cursor: str = "",
    limit: int = 50,
) -> dict[str, Any]:
    """Tasks that the key's user sees; of one record, when it is named."""
    rows = Task.objects.visible_to(request.user).filter(of(request.user, about))
    if is_done is not None:
        rows = rows.filter(done_at__isnull=not is_done)
    rows = rows.select_related("person", "company", "owner")
    return page_of(rows, cursor=cursor, limit=limit)


@router.post("/tasks", response={201: TaskOut})
@needs(EDIT_TASKS)
@idempotent(TaskOut)
def create_task(request: Any, data: TaskIn) -> Status[Task]:
    """Something to do; about a record or about nothing."""
    owner = request.user
    if data.owner:
        owner = get_object_or_404(colleagues_of(request.user), key=data.owner)
    task = actions.add_task(
        title=data.title,
        owner=owner,
        due_at=data.due_at,
        by=request.user,
        at=timezone.now(),
        **written_to(request.user, data, EDIT_TASKS),
    )
    return Status(201, task)


@router.post("/tasks/{uuid:key}/finish", response=TaskOut)
@needs(EDIT_TASKS)
def finish(request: Any, key: UUID) -> Task:
    """Done; a second call changes nothing."""
    task = get_object_or_404(Task.objects.visible_to(request.user, EDIT_TASKS), key=key)
    actions.finish_task(task=task, by=request.user, at=timezone.now())
    task.refresh_from_db()
    return task


@router.post("/tasks/{uuid:key}/reopen", response=TaskOut)
@needs(EDIT_TASKS)
def reopen(request: Any, key: UUID) -> Task:
    """To be done again; a second call changes nothing."""
    task = get_object_or_404(Task.objects.visible_to(request.user, EDIT_TASKS), key=key)
    actions.reopen_task(task=task, by=request.user, at=timezone.now())
    task.refresh_from_db()
    return task
