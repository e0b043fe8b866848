"""What is done to many tasks at once."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.access.models import User
from baton.core.editing.slots import BulkAct, Doing
from baton.records.timeline import actions
from baton.records.timeline.models import Task
from baton.records.timeline.permissions import EDIT_TASKS
from baton.records.timeline.queries import colleagues_of


def _assign(ids: Collection[int], owner: User, doing: Doing) -> int:
    for task in Task.objects.filter(pk__in=ids).order_by("pk"):
        actions.edit_task(
            task=task, values={"owner": owner}, version=None, by=doing.by, at=doing.at,
            batch=doing.batch,
        )  # fmt: skip
    return len(ids)


def _finish(ids: Collection[int], _chosen: None, doing: Doing) -> int:
    """Those that were open."""
    tasks = Task.objects.filter(pk__in=ids).order_by("pk")
    done = [
        actions.finish_task(task=task, by=doing.by, at=doing.at, batch=doing.batch)
        for task in tasks
    ]
    return len([one for one in done if one])


def _delete(ids: Collection[int], _chosen: None, doing: Doing) -> int:
    actions.trash_tasks(task_ids=ids, by=doing.by, at=doing.at, batch=doing.batch)
    return len(ids)


TASKS: dict[str, Any] = {
    "on": "tasks",
    "permission": EDIT_TASKS,
    "reach": lambda user: Task.objects.visible_to(user, EDIT_TASKS),
    "counted": lambda count: ngettext("%(n)d task", "%(n)d tasks", count) % {"n": count},
}
ACTS = (
    BulkAct(
        name="owner",
        label=gettext_lazy("Assign owner"),
        icon="user",
        control=lambda user: forms.ModelChoiceField(
            colleagues_of(user), to_field_name="key", empty_label=None
        ),
        act=_assign,
        done=lambda rows, owner: _("%(rows)s given to %(owner)s.") % {"rows": rows, "owner": owner},
        order=10,
        **TASKS,
    ),
    BulkAct(
        name="done",
        label=gettext_lazy("Done"),
        icon="check",
        act=_finish,
        done=lambda rows, _chosen: _("%(rows)s done.") % {"rows": rows},
        order=20,
        **TASKS,
    ),
    BulkAct(
        name="delete",
        label=gettext_lazy("Delete"),
        icon="trash",
        act=_delete,
        done=lambda rows, _chosen: _("%(rows)s deleted.") % {"rows": rows},
        is_danger=True,
        order=900,
        **TASKS,
    ),
)
