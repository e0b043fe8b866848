"""The only place that writes notes, activities and tasks."""

from baton.records.timeline.actions.activities import (
    ActivityValues,
    ImpossibleOutcome,
    edit_activity,
    log_activity,
    trash_activities,
)
from baton.records.timeline.actions.drafts import drop_draft, keep_draft, send_once
from baton.records.timeline.actions.foreign import (
    ForeignEntry,
    entry_ids,
    forget_entries,
    import_entries,
)
from baton.records.timeline.actions.many import (
    NewActivity,
    NewNote,
    NewTask,
    add_notes,
    add_tasks,
    log_activities,
)
from baton.records.timeline.actions.notes import add_note, edit_note, trash_notes
from baton.records.timeline.actions.pinning import pin_entry
from baton.records.timeline.actions.shared import LONGEST, AboutNothing, EmptyText, TooLong
from baton.records.timeline.actions.tasks import (
    TaskValues,
    add_task,
    edit_task,
    finish_task,
    reopen_task,
    trash_tasks,
)
from baton.records.timeline.actions.touches import (
    refresh_after_retraction,
    refresh_latest_touch,
    show_latest_touch,
)

__all__ = [
    "LONGEST",
    "AboutNothing",
    "ActivityValues",
    "EmptyText",
    "ForeignEntry",
    "ImpossibleOutcome",
    "NewActivity",
    "NewNote",
    "NewTask",
    "TaskValues",
    "TooLong",
    "add_note",
    "add_notes",
    "add_task",
    "add_tasks",
    "drop_draft",
    "edit_activity",
    "edit_note",
    "edit_task",
    "entry_ids",
    "finish_task",
    "forget_entries",
    "import_entries",
    "keep_draft",
    "log_activities",
    "log_activity",
    "pin_entry",
    "refresh_after_retraction",
    "refresh_latest_touch",
    "reopen_task",
    "send_once",
    "show_latest_touch",
    "trash_activities",
    "trash_notes",
    "trash_tasks",
]
