from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.ui.back import back_of
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.core.ui.slots import Count
from baton.records.timeline import actions, queries
from baton.records.timeline.forms import TaskForm
from baton.records.timeline.models import Task
from baton.records.timeline.permissions import EDIT_TASKS, VIEW_TASKS, VIEW_TIMELINE
from baton.records.timeline.rules import END_OF_DAY
from baton.records.timeline.views.loading import saves, sent_by, subject_or_404
from baton.records.timeline.views.writing import panel_response


@requires(VIEW_TASKS)
@require_GET
def tasks(request: HtmxRequest) -> HttpResponse:
    """My open tasks by when they are due; with ``?done`` what I did lately."""
    return _list(request)


@requires(EDIT_TASKS)
@require_http_methods(["GET", "POST"])
def new_task(request: HtmxRequest) -> HttpResponse:
    """A task about nobody in particular; about somebody, it is written on their page."""
    user, at = user_of(request), timezone.now()
    colleagues = queries.colleagues_of(user)
    form = TaskForm(sent_by(request), colleagues=colleagues, initial={"owner": user.key})
    made: list[Task] = []
    if saves(form, lambda: made.append(actions.add_task(**form.values(at=at), by=user, at=at))):
        undo_url = reverse("timeline:delete-task", args=[made[0].key])
        say(request, _("Task added."), undo_url=undo_url)
        return go(request, back_of(request, usual=reverse("timeline:tasks")))
    return _form(request, form, heading=_("New task"), action=reverse("timeline:new-task"))


@requires(EDIT_TASKS)
@require_http_methods(["GET", "POST"])
def edit_task(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Another title, day or owner."""
    user, at = user_of(request), timezone.now()
    task = _task_or_404(request, key)
    colleagues = queries.colleagues_of(user) | User.objects.filter(pk=task.owner_id)
    form = TaskForm(sent_by(request), colleagues=colleagues, initial=_initial(task))
    if saves(
        form,
        lambda: actions.edit_task(
            task=task,
            values=form.values(at=at),
            version=form.cleaned_data["version"],
            by=user,
            at=at,
        ),
    ):
        say(request, _("Task saved."))
        return go(request, back_of(request, usual=reverse("timeline:tasks")))
    return _form(
        request,
        form,
        heading=_("Edit task"),
        action=reverse("timeline:edit-task", args=[task.key]),
        delete_url=reverse("timeline:delete-task", args=[task.key]),
    )


@requires(EDIT_TASKS)
@require_POST
def finish_task(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Done, with a way back."""
    task = _task_or_404(request, key)
    batch = actions.finish_task(task=task, by=user_of(request), at=timezone.now())
    undo_url = reverse("timeline:undo", args=[batch]) if batch else None
    say(request, _("Done: %(task)s") % {"task": task.title}, undo_url=undo_url)
    return _after(request)


@requires(EDIT_TASKS)
@require_POST
def reopen_task(request: HtmxRequest, key: UUID) -> HttpResponse:
    """To be done again."""
    task = _task_or_404(request, key)
    batch = actions.reopen_task(task=task, by=user_of(request), at=timezone.now())
    undo_url = reverse("timeline:undo", args=[batch]) if batch else None
    say(request, _("Open again: %(task)s") % {"task": task.title}, undo_url=undo_url)
    return _after(request)


@requires(EDIT_TASKS)
@require_POST
def delete_task(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Gone, with a way back."""
    task = _task_or_404(request, key)
    batch = actions.trash_tasks(task_ids=[task.pk], by=user_of(request), at=timezone.now())
    say(request, _("Task deleted."), undo_url=reverse("timeline:undo", args=[batch]))
    return go(request, back_of(request, usual=reverse("timeline:tasks")))


def due_now(request: HttpRequest) -> Count | None:
    """For the sidebar: tasks that are late or due today; red when one is late."""
    late, today = queries.due_count(owner=user_of(request), at=timezone.now())
    return Count(late + today, hue="red" if late else "gray") if late + today else None


def _task_or_404(request: HtmxRequest, key: UUID) -> Task:
    return get_object_or_404(Task.objects.visible_to(user_of(request), EDIT_TASKS), key=key)


def _after(request: HtmxRequest) -> HttpResponse:
    """What changed on the page that the act was done on: a record's panel, or the list."""
    kind, _mark, key = request.POST.get("about", "").partition(":")
    if not request.htmx:
        return go(request, back_of(request, usual=reverse("timeline:tasks")))
    if kind:
        found = subject_or_404(request, kind, _uuid(key), VIEW_TIMELINE)
        return panel_response(request, found, partial="panel")
    return _list(request)


def _list(request: HtmxRequest) -> HttpResponse:
    at = timezone.now()
    is_done = "done" in request.GET
    context = {
        "groups": [] if is_done else queries.task_groups(owner=user_of(request), at=at),
        "done": queries.done_tasks(owner=user_of(request), at=at) if is_done else [],
        "is_done": is_done,
        "is_open": not is_done,
    }
    return page_or_partial(request, "timeline/tasks.html", "groups", context)


def _form(
    request: HtmxRequest, form: TaskForm, *, heading: str, action: str, delete_url: str = ""
) -> HttpResponse:
    context = {"form": form, "heading": heading, "action": action, "delete_url": delete_url}
    status = 422 if form.is_bound else 200
    return page_or_partial(request, "timeline/edit.html", "form", context, status=status)


def _initial(task: Task) -> dict[str, Any]:
    due = timezone.localtime(task.due_at) if task.due_at else None
    is_whole_day = due is None or due.time() == END_OF_DAY
    return {
        "title": task.title,
        "owner": task.owner.key,
        "version": task.version,
        "due_on": due.date() if due else None,
        "due_time": None if is_whole_day or due is None else due.time(),
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
