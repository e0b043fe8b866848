"""How undo reads and writes notes, activities and tasks; it writes the history itself."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, restore_rows, trash_rows
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.keys import RecordModel
from baton.records.timeline.actions.activities import bring_activities_back, put_activities_away
from baton.records.timeline.actions.tasks import mark_done
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.permissions import EDIT_TASKS, EDIT_TIMELINE

R = TypeVar("R", bound=RecordModel)


def note_tracked() -> Tracked:
    """Notes: their words, and whether they lie in the trash."""
    return Tracked(
        object_type="note",
        label="Note",
        read=partial(read_fields, Note),
        write=lambda pk, values, by, at: _write(Note, pk, live_values(Note, values)),
        trash=lambda ids, by, at: trash_rows(Note.objects.filter(pk__in=ids), at=at),
        restore=lambda ids, by, at: restore_rows(Note.objects.filter(pk__in=ids)),
        reach=lambda user, _verb: Note.objects.reached_by(user, EDIT_TIMELINE),
    )


def activity_tracked() -> Tracked:
    """Activities likewise."""
    return Tracked(
        object_type="activity",
        label="Activity",
        read=partial(read_fields, Activity),
        write=lambda pk, values, by, at: _write(Activity, pk, live_values(Activity, values)),
        trash=lambda ids, by, at: put_activities_away(ids, at),
        restore=lambda ids, by, at: bring_activities_back(ids),
        reach=lambda user, _verb: Activity.objects.reached_by(user, EDIT_TIMELINE),
    )


def task_tracked() -> Tracked:
    """Tasks, which can be done and to do again besides."""
    return Tracked(
        object_type="task",
        label="Task",
        read=partial(read_fields, Task),
        write=_write_task,
        trash=lambda ids, by, at: trash_rows(Task.objects.filter(pk__in=ids), at=at),
        restore=lambda ids, by, at: restore_rows(Task.objects.filter(pk__in=ids)),
        reach=lambda user, _verb: Task.objects.reached_by(user, EDIT_TASKS),
    )


@transaction.atomic
def _write(kind: type[R], pk: int, values: Mapping[str, Any]) -> None:
    row = kind._default_manager.select_for_update().get(pk=pk)
    apply_edit(row, values=values)
    row.save()


@transaction.atomic
def _write_task(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    live = live_values(Task, values)
    if "done_at" in live:
        mark_done(Task.objects.select_for_update().get(pk=pk), to=live.pop("done_at"), by=by)
    if live:
        _write(Task, pk, live)
