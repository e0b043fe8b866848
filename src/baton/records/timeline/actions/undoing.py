"""How undo reads and writes notes, activities and tasks; it writes the history itself."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.dateparse import parse_datetime

from baton.core.access.models import User
from baton.core.changes.slots import Tracked
from baton.core.keys import RecordModel
from baton.records.timeline.actions.activities import move_activities
from baton.records.timeline.actions.shared import move
from baton.records.timeline.actions.tasks import mark_done
from baton.records.timeline.models import Activity, Note, Task
from baton.records.timeline.permissions import EDIT_TASKS, EDIT_TIMELINE

R = TypeVar("R", bound=RecordModel)
Ids = Collection[int]


def note_tracked() -> Tracked:
    """Notes: their words, and whether they lie in the trash."""
    return Tracked(
        object_type="note",
        label="Note",
        read=lambda ids, names: _read(Note, ids, names),
        write=lambda pk, values, by, at: _write(Note, pk, values),
        trash=lambda ids, by, at: move(Note, ids, to=at),
        restore=lambda ids, by, at: move(Note, ids, to=None),
        reach=lambda user, _verb: Note.objects.reached_by(user, EDIT_TIMELINE),
    )


def activity_tracked() -> Tracked:
    """Activities likewise."""
    return Tracked(
        object_type="activity",
        label="Activity",
        read=lambda ids, names: _read(Activity, ids, names),
        write=lambda pk, values, by, at: _write(Activity, pk, values),
        trash=lambda ids, by, at: move_activities(ids, to=at),
        restore=lambda ids, by, at: move_activities(ids, to=None),
        reach=lambda user, _verb: Activity.objects.reached_by(user, EDIT_TIMELINE),
    )


def task_tracked() -> Tracked:
    """Tasks, which can be done and to do again besides."""
    return Tracked(
        object_type="task",
        label="Task",
        read=lambda ids, names: _read(Task, ids, names),
        write=_write_task,
        trash=lambda ids, by, at: move(Task, ids, to=at),
        restore=lambda ids, by, at: move(Task, ids, to=None),
        reach=lambda user, _verb: Task.objects.reached_by(user, EDIT_TASKS),
    )


def _read(
    kind: type[R], ids: Collection[int], names: Collection[str]
) -> Mapping[int, Mapping[str, Any]]:
    columns = {name: _column(kind, name) for name in names}
    rows = kind._default_manager.filter(pk__in=ids)
    return {
        row.pk: {name: getattr(row, column) for name, column in columns.items()} for row in rows
    }


def _column(kind: type[RecordModel], name: str) -> str:
    """JSON keeps the ids of records."""
    field = kind._meta.get_field(name)
    return f"{name}_id" if field.is_relation else name


@transaction.atomic
def _write(kind: type[R], pk: int, values: Mapping[str, Any]) -> None:
    row = kind._default_manager.select_for_update().get(pk=pk)
    for name, value in values.items():
        setattr(row, _column(kind, name), value)
    row.version += 1
    row.save()


@transaction.atomic
def _write_task(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    """JSON keeps moments as text."""
    plain = {
        name: parse_datetime(value) if value and name in {"due_at", "done_at"} else value
        for name, value in values.items()
    }
    if "done_at" in plain:
        done_at = plain.pop("done_at")
        mark_done(Task.objects.select_for_update().get(pk=pk), to=done_at, by=by)
    if plain:
        _write(Task, pk, plain)
