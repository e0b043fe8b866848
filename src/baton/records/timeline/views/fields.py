"""The cells of the list of tasks that are edited in place."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.editing.fields import RecordField
from baton.core.editing.inplace import Edit
from baton.core.ui.htmx import HtmxRequest
from baton.records.timeline import actions
from baton.records.timeline.forms import DueFields
from baton.records.timeline.models import Task
from baton.records.timeline.permissions import EDIT_TASKS
from baton.records.timeline.queries import colleagues_of
from baton.records.timeline.rules import END_OF_DAY, YEARS
from baton.records.timeline.views.listing import TASKS


class _DayField(forms.DateField):
    def validate(self, value: date | None) -> None:
        """A day that somebody means."""
        super().validate(value)
        if value and value.year not in YEARS:
            raise forms.ValidationError(self.error_messages["invalid"])


def _due_control(_task: Task, _user: User) -> forms.Field:
    widget = DueFields.base_fields["due_on"].widget
    return _DayField(required=False, widget=widget)


def _owner_control(task: Task, user: User) -> forms.Field:
    able = colleagues_of(user) | User.objects.filter(pk=task.owner_id)
    return forms.ModelChoiceField(able, to_field_name="key", empty_label=None)


def _due_text(task: Task) -> str:
    return timezone.localtime(task.due_at).date().isoformat() if task.due_at else ""


FIELDS: Mapping[str, RecordField] = {
    "due_at": RecordField(name="due_at", label=_("Due"), control=_due_control, text_of=_due_text),
    "owner": RecordField(
        name="owner",
        label=_("Owner"),
        control=_owner_control,
        text_of=lambda task: str(task.owner.key),
        template="editing/values/owner.html",
    ),
}


def _due_at(task: Task, on: date | None) -> datetime | None:
    """That day at the hour that the task has, else at its end."""
    hour = timezone.localtime(task.due_at).time() if task.due_at else END_OF_DAY
    return timezone.make_aware(datetime.combine(on, hour)) if on else None


@requires(EDIT_TASKS)
@require_http_methods(["GET", "POST"])
def edit_task_cell(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """The day or the owner of a task."""
    if name not in FIELDS:
        raise Http404
    user = user_of(request)

    def load() -> Task:
        tasks = Task.objects.visible_to(user, EDIT_TASKS)
        return get_object_or_404(tasks.select_related("person", "company", "owner"), key=key)

    def hand_on(task: Task, value: Any, batch: UUID) -> Task:
        values: Any = {name: _due_at(task, value) if name == "due_at" else value}
        at = timezone.now()
        return actions.edit_task(
            task=task, values=values, version=task.version, by=user, at=at, batch=batch
        )

    return Edit(
        request=request,
        user=user,
        field=FIELDS[name],
        load=load,
        hand_on=hand_on,
        address=reverse("timeline:task-cell", args=[key, name]),
        list_url=reverse("timeline:all-tasks"),
        shown="editing/prop.html",
        listing=TASKS,
    ).answer()
