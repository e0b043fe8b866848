"""All tasks that one may see, as a list: beside the page of one's own by when they are due."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.groups import by_any_owner
from baton.core.access.models import User
from baton.core.editing.shown import bulk_of
from baton.core.filters.listed import ListFilter, hold_text
from baton.core.saved.shown import views_of
from baton.core.ui.cells import CellEdits
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Filter, Listing, list_page
from baton.core.ui.spans import by_spans
from baton.records.timeline.models import Task
from baton.records.timeline.permissions import EDIT_TASKS, VIEW_TASKS

TABS: Mapping[str, Promise] = {
    "": gettext_lazy("All open"),
    "late": gettext_lazy("Late"),
    "done": gettext_lazy("Done"),
}


def tasks_asked(user: User, asked: Mapping[str, Any]) -> QuerySet[Task]:
    """Those of a tab that this user may see."""
    rows, view = Task.objects.visible_to(user), asked.get("view", "")
    rows = rows.exclude(done_at=None) if view == "done" else rows.open()
    if view == "late":
        rows = rows.filter(due_at__lt=timezone.now())
    return rows.select_related("person", "company", "owner")


def tasks_found(count: int, said: str) -> str:
    """How many a filter finds."""
    return ngettext("%(n)s task matches", "%(n)s tasks match", count) % {"n": said}


def state_badge(task: Task) -> dict[str, Any]:
    """Done, late or open, and its colour."""
    if task.done_at:
        return {"name": _("Done"), "hue": "green"}
    is_late = task.due_at is not None and task.due_at < timezone.now()
    return {"name": _("Late"), "hue": "red"} if is_late else {"name": _("Open"), "hue": "gray"}


def _about(task: Task) -> str:
    return str(task.person or task.company or "")


TASKS = Listing(
    name="tasks",
    columns=(
        Column(
            name="title",
            label=gettext_lazy("Task"),
            template="timeline/cells/title.html",
        ),
        Column(
            name="about",
            label=gettext_lazy("About"),
            value=lambda task: task.person or task.company,
            template="timeline/cells/about.html",
        ),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=state_badge,
            on_phone=True,
        ),
        Column(
            name="due_at",
            label=gettext_lazy("Due"),
            kind="when",
            sort="due_at",
            on_phone=True,
            edit="due_at",
        ),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner", edit="owner"),
        Column(name="done_at", label=gettext_lazy("Done on"), kind="when"),
        Column(name="created_at", label=gettext_lazy("Written on"), kind="when"),
    ),
    order="due_at",
    search=lambda rows, text: rows.filter(hold_text("title", text)),
    second=_about,
    actions="editing/bulk.html",
    edits=CellEdits(
        url_name="timeline:task-cell",
        among=lambda user: Task.objects.visible_to(user, EDIT_TASKS),
    ),
    url=lambda task: reverse("timeline:edit-task", args=[task.key]),
    empty=Empty(icon="tasks", text=gettext_lazy("Here stand the tasks of all whose work you see.")),
    filters=(
        Filter(name="view", label=gettext_lazy("View"), knows=TABS.__contains__, is_tab=True),
    ),
    rows=tasks_asked,
    asks=ListFilter(object_type="task", found=tasks_found),
    groupings=(
        by_any_owner(is_required=True),
        *by_spans(Task, "due_at", gettext_lazy("Due")),
        *by_spans(Task, "done_at", gettext_lazy("Done on")),
    ),
)


@requires(VIEW_TASKS)
@require_GET
def all_tasks(request: HtmxRequest) -> HttpResponse:
    """Every task that one may see."""
    user, view = user_of(request), request.GET.get("view", "")
    may_edit = user.may(EDIT_TASKS)
    listing = TASKS.with_step(reverse("timeline:new-task"), _("New task")) if may_edit else TASKS
    page = list_page(request, listing, tasks_asked(user, request.GET))
    mine = Task.objects.visible_to(user, EDIT_TASKS)
    editable = set(
        mine.filter(pk__in=[row.object.pk for row in page.rows]).values_list("pk", flat=True)
    )
    for row in page.rows:
        row.object.is_editable = row.object.pk in editable
    context = {
        "list": page,
        "views": views_of(request, TASKS),
        "bulk": bulk_of(TASKS.name, user=user),
        "tabs": [(name, label, name == view) for name, label in TABS.items()],
        "may_edit": may_edit,
    }
    return page_or_partial(request, "timeline/all.html", "list", context)
