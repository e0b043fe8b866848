"""Forms for notes and activities, the trash, and the way back out of it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.actions import undo as undo_batch
from baton.core.changes.models import Change
from baton.core.changes.queries import may_undo
from baton.core.errors import RuleViolation
from baton.core.ui.back import back_of
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.timeline import actions
from baton.records.timeline.forms import ActivityForm, EditForm, NoteForm
from baton.records.timeline.models import Activity, Note
from baton.records.timeline.permissions import EDIT_TASKS, EDIT_TIMELINE
from baton.records.timeline.views.loading import saves, sent_by

KINDS = ("note", "activity", "task")


@requires(EDIT_TIMELINE)
@require_http_methods(["GET", "POST"])
def edit_note(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Other words for a note."""
    user = user_of(request)
    note = get_object_or_404(Note.objects.visible_to(user, EDIT_TIMELINE), key=key)
    form = NoteForm(sent_by(request), initial={"body": note.body, "version": note.version})
    if saves(
        form,
        lambda: actions.edit_note(note=note, by=user, at=timezone.now(), **form.cleaned_data),
    ):
        say(request, _("Note saved."))
        return go(request, back_of(request, usual=_page_of(note)))
    return _form(request, form, heading=_("Edit note"), name="note", key=note.key)


@requires(EDIT_TIMELINE)
@require_http_methods(["GET", "POST"])
def edit_activity(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Other words or minutes for a call, meeting or mail."""
    user = user_of(request)
    activity = get_object_or_404(Activity.objects.visible_to(user, EDIT_TIMELINE), key=key)
    names = ("subject", "minutes", "body", "version")
    form = ActivityForm(sent_by(request), initial={name: getattr(activity, name) for name in names})
    if saves(
        form,
        lambda: actions.edit_activity(
            activity=activity,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=user,
            at=timezone.now(),
        ),
    ):
        say(request, _("Saved."))
        return go(request, back_of(request, usual=_page_of(activity)))
    return _form(request, form, heading=_("Edit"), name="activity", key=activity.key)


@requires(EDIT_TIMELINE)
@require_POST
def delete_note(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Off the timeline, with a way back."""
    note = get_object_or_404(Note.objects.visible_to(user_of(request), EDIT_TIMELINE), key=key)
    batch = actions.trash_notes(note_ids=[note.pk], by=user_of(request), at=timezone.now())
    say(request, _("Note deleted."), undo_url=reverse("timeline:undo", args=[batch]))
    return go(request, back_of(request, usual=_page_of(note)))


@requires(EDIT_TIMELINE)
@require_POST
def delete_activity(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Off the timeline, with a way back."""
    found = Activity.objects.visible_to(user_of(request), EDIT_TIMELINE)
    activity = get_object_or_404(found, key=key)
    batch = actions.trash_activities(
        activity_ids=[activity.pk], by=user_of(request), at=timezone.now()
    )
    say(request, _("Deleted."), undo_url=reverse("timeline:undo", args=[batch]))
    return go(request, back_of(request, usual=_page_of(activity)))


@requires(EDIT_TIMELINE)
@require_POST
def pin_note(request: HtmxRequest, key: UUID) -> HttpResponse:
    """On top of the timeline, or with ``off`` back among the others."""
    return _pin(request, Note.objects.visible_to(user_of(request), EDIT_TIMELINE), key)


@requires(EDIT_TIMELINE)
@require_POST
def pin_activity(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The same for a call, meeting or mail."""
    return _pin(request, Activity.objects.visible_to(user_of(request), EDIT_TIMELINE), key)


def _pin(request: HtmxRequest, rows: QuerySet[Any], key: UUID) -> HttpResponse:
    entry, is_pinned = get_object_or_404(rows, key=key), "off" not in request.POST
    batch = actions.pin_entry(
        entry=entry, is_pinned=is_pinned, by=user_of(request), at=timezone.now()
    )
    words = _("Pinned for everybody who sees this.") if is_pinned else _("Not pinned any more.")
    say(request, words, undo_url=reverse("timeline:undo", args=[batch]))
    return go(request, back_of(request, usual=_page_of(entry)))


@requires(EDIT_TASKS)
@require_POST
def undo(request: HtmxRequest, batch: UUID) -> HttpResponse:
    """Take back what one did oneself."""
    others = Change.objects.filter(batch=batch).exclude(object_type__in=KINDS)
    if others.exists() or not may_undo(batch=batch, user=user_of(request)):
        raise Http404
    try:
        undo_batch(batch=batch, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("Taken back."))
    return go(request, back_of(request, usual=reverse("timeline:tasks")))


def _form(
    request: HtmxRequest, form: EditForm, *, heading: str, name: str, key: UUID
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "action": reverse(f"timeline:edit-{name}", args=[key]),
        "delete_url": reverse(f"timeline:delete-{name}", args=[key]),
    }
    status = 422 if form.is_bound else 200
    return page_or_partial(request, "timeline/edit.html", "form", context, status=status)


def _page_of(record: Note | Activity) -> str:
    about = record.person or record.company
    return about.get_absolute_url() if about else reverse("timeline:tasks")
