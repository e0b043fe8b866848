from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.colleagues.queries import find_record, name_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go, waiting_toasts
from baton.core.ui.messages import say
from baton.records.timeline import actions
from baton.records.timeline.forms import WriteForm, draft_values
from baton.records.timeline.permissions import EDIT_TIMELINE, VIEW_TIMELINE
from baton.records.timeline.queries import blind_to, colleagues_of, suggested, timeline_shown
from baton.records.timeline.slots import Subject
from baton.records.timeline.views.loading import subject_or_404


@requires(VIEW_TIMELINE)
@require_GET
def subject(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """The timeline of one record; for htmx its days alone."""
    found = subject_or_404(request, kind, key, VIEW_TIMELINE)
    return panel_response(request, found, partial="page" if "more" in request.GET else "days")


@requires(EDIT_TIMELINE)
@require_POST
def write(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """What the composer sends: a note, something that took place, or a task."""
    found = subject_or_404(request, kind, key, EDIT_TIMELINE)
    at = timezone.now()
    form = WriteForm(
        request.POST, colleagues=colleagues_of(user_of(request)), at=at, kinds=found.writes
    )
    if not form.is_valid():
        return panel_response(request, found, partial="panel", form=form, status=422)
    writer = WRITERS.get(form.cleaned_data["kind"], _log)
    try:
        written = actions.send_once(
            user=user_of(request),
            token=form.cleaned_data["token"],
            kind=found.kind,
            key=found.key,
            at=at,
            write=lambda: writer(request, found, form, at),
        )
    except RuleViolation as no:
        form.add_error(None, str(no))
        return panel_response(request, found, partial="panel", form=form, status=422)
    if written:
        written.tell(request)
    if not request.htmx:
        return go(request, found.url)
    return panel_response(request, found, partial="panel")


@requires(EDIT_TIMELINE)
@require_POST
def draft(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """What stands in the composer now, kept for its writer until it is sent."""
    found = subject_or_404(request, kind, key, EDIT_TIMELINE)
    actions.keep_draft(
        user=user_of(request),
        kind=found.kind,
        key=found.key,
        values=draft_values(request.POST),
        at=timezone.now(),
    )
    return HttpResponse(status=204)


@requires(EDIT_TIMELINE)
@require_GET
def colleagues(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """Whom an @ in the composer may mean, by the letters behind it; a list for its script."""
    found = subject_or_404(request, kind, key, EDIT_TIMELINE)
    meant = suggested(request.GET.get("q", ""), subject=found, user=user_of(request))
    return render(request, "timeline/mentions.html", {"colleagues": meant})


def panel_response(
    request: HtmxRequest,
    found: Subject,
    *,
    partial: str,
    form: WriteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """A part of the panel for htmx, with the toasts that wait; a page for everybody else."""
    shown = timeline_shown(
        found,
        user=user_of(request),
        at=timezone.now(),
        side=request.GET.get("side", ""),
        before=request.GET.get("before", ""),
    )
    template = f"timeline/panel.html#{partial}" if request.htmx else "timeline/subject.html"
    response = render(request, template, {"timeline": shown, "form": form}, status=status)
    if request.htmx:
        response.write(waiting_toasts(request))
    patch_vary_headers(response, ["HX-Request"])
    return response


@dataclass(frozen=True)
class Written:
    """What its author is told: with a way back, and with another one on, where there is one."""

    text: str
    undo_url: str
    link: tuple[str, str] | None = None  # words and address

    def tell(self, request: HtmxRequest) -> None:
        say(request, self.text, undo_url=self.undo_url, link=self.link)


def _note(request: HtmxRequest, found: Subject, form: WriteForm, at: datetime) -> Written:
    user = user_of(request)
    note = actions.add_note(body=form.cleaned_data["body"], by=user, at=at, **found.named())
    undo_url = reverse("timeline:delete-note", args=[note.key])
    blind = blind_to(note)
    if not blind:
        return Written(_("Note saved."), undo_url)
    words = ngettext(
        "Note saved. %(names)s cannot see this, so nobody was told.",
        "Note saved. %(names)s cannot see this, so none of them was told.",
        len(blind),
    )
    text = words % {"names": ", ".join(one.name for one in blind)}
    if find_record(found.kind, found.key, user=user, to_edit=True) is None:
        return Written(text, undo_url)
    share_url = reverse("colleagues:share", args=[found.kind, found.key])
    asked = urlencode({"who": name_of(blind[0])})
    return Written(text, undo_url, (_("Share"), f"{share_url}?{asked}"))


def _log(request: HtmxRequest, found: Subject, form: WriteForm, at: datetime) -> Written:
    activity = actions.log_activity(by=user_of(request), **form.activity(), **found.named())
    said = {"call": _("Call logged."), "meeting": _("Meeting logged."), "mail": _("Mail logged.")}
    return Written(said[activity.kind], reverse("timeline:delete-activity", args=[activity.key]))


def _task(request: HtmxRequest, found: Subject, form: WriteForm, at: datetime) -> Written:
    task = actions.add_task(
        title=form.cleaned_data["title"],
        owner=form.cleaned_data["owner"] or user_of(request),
        by=user_of(request),
        at=at,
        due_at=form.due_at(at=at),
        **found.named(),
    )
    return Written(_("Task added."), reverse("timeline:delete-task", args=[task.key]))


Writer = Callable[[HtmxRequest, Subject, WriteForm, datetime], Written]
WRITERS: dict[str, Writer] = {"note": _note, "task": _task}
