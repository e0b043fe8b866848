"""Screens: a record's timeline and composer, what is edited in it, and one's tasks."""

from baton.records.timeline.views.editing import (
    delete_activity,
    delete_note,
    edit_activity,
    edit_note,
    pin_activity,
    pin_note,
    undo,
)
from baton.records.timeline.views.fields import edit_task_cell
from baton.records.timeline.views.listing import all_tasks
from baton.records.timeline.views.panels import company_panel, person_panel
from baton.records.timeline.views.tasks import (
    delete_task,
    due_now,
    edit_task,
    finish_task,
    new_task,
    reopen_task,
    tasks,
)
from baton.records.timeline.views.writing import colleagues, draft, subject, write

__all__ = [
    "all_tasks",
    "colleagues",
    "company_panel",
    "delete_activity",
    "delete_note",
    "delete_task",
    "draft",
    "due_now",
    "edit_activity",
    "edit_note",
    "edit_task",
    "edit_task_cell",
    "finish_task",
    "new_task",
    "person_panel",
    "pin_activity",
    "pin_note",
    "reopen_task",
    "subject",
    "tasks",
    "undo",
    "write",
]
