"""Bringing files in: upload, look at what would come, start, watch, take back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.errors import RuleViolation, is_disk_full
from baton.core.settings.queries import organisation_zone
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import list_page
from baton.core.worktime.rules import find_zone
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.operations.exchange.actions import receiving, undoing, uploads
from baton.operations.exchange.actions.recognising import is_general, known_recipes
from baton.operations.exchange.actions.room import without_room
from baton.operations.exchange.models import Import
from baton.operations.exchange.permissions import RUN_IMPORTS, VIEW_IMPORTS
from baton.operations.exchange.receiving import onto_disk
from baton.operations.exchange.rules.uploads import (
    BUSY,
    TO_CHOOSE,
    TO_LEAVE,
    TO_UNDO,
    State,
    rate,
    time_left,
)
from baton.operations.exchange.tasks import look_through, run_import, undo_import
from baton.operations.exchange.views.choices import field_words
from baton.operations.exchange.views.figures import counts_of
from baton.operations.exchange.views.listed import IMPORTS, STATES


class ManyFiles(forms.ClearableFileInput):
    """Several at once, also without a script."""

    allow_multiple_selected = True


class UploadForm(forms.Form):
    zone = forms.CharField(label=gettext_lazy("Time zone of the files"), max_length=64)
    uploaded = forms.FileField(
        label=gettext_lazy("Files"), widget=ManyFiles(attrs={"multiple": True}), required=False
    )

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"].strip()
        try:
            return str(find_zone(zone))
        except RuleViolation as no:
            raise forms.ValidationError(str(no)) from no


@requires(VIEW_IMPORTS)
@require_GET
def imports(request: HtmxRequest) -> HttpResponse:
    """All of them."""
    user, rows = cast(User, request.user), Import.objects.select_related("by")
    listing, may_run = IMPORTS, user.may(RUN_IMPORTS)
    if may_run:
        listing = IMPORTS.with_step(reverse("exchange:new-import"), _("Bring files in"))
    context = {"list": list_page(request, listing, rows), "may_run": may_run}
    return page_or_partial(request, "exchange/imports.html", "list", context)


# Before the form's token can be read, the body has to be: who may not, sends it to nobody.
@csrf_exempt
@requires(RUN_IMPORTS)
@require_http_methods(["GET", "POST"])
def new_import(request: HtmxRequest) -> HttpResponseBase:
    """Choose files; they are kept and looked through."""
    with onto_disk(request):
        try:
            return cast(HttpResponseBase, _upload(request))
        except OSError as error:
            if not is_disk_full(error):
                raise
    form = UploadForm({"zone": str(organisation_zone())})
    form.add_error("uploaded", without_room())
    return _form_page(request, form, status=HTTPStatus.INSUFFICIENT_STORAGE)


@csrf_protect
def _upload(request: HtmxRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, initial={"zone": str(organisation_zone())})
    if is_sent and form.is_valid():
        try:
            record = receiving.receive_files(
                files=request.FILES.getlist("uploaded"),
                zone=form.cleaned_data["zone"],
                by=cast(User, request.user),
                at=timezone.now(),
                asks=True,
            )
        except receiving.Refused as no:
            form.add_error("uploaded", str(no))
        else:
            look_through.enqueue(import_id=record.pk)
            return redirect("exchange:import", record.key)
    return _form_page(request, form, status=422 if is_sent else 200)


def _form_page(request: HtmxRequest, form: UploadForm, *, status: int) -> HttpResponse:
    known = known_recipes(str(organisation_zone()))
    names = [recipe.label for recipe in known if not is_general(recipe)]
    context = {"form": form, "known": ", ".join(names)}
    return render(request, "exchange/new_import.html", context, status=status)


@requires(VIEW_IMPORTS)
@require_GET
def one_import(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What would come, how far it is, or what came of it; asks again while it goes on."""
    record, user = _found(key), cast(User, request.user)
    if request.htmx and record.state == State.ASKING and user.may(RUN_IMPORTS):
        return go(request, reverse("exchange:columns", args=[key]))  # who waited goes on there
    context = _shown(record, user=user)
    return page_or_partial(request, "exchange/import.html", "progress", context)


def _shown(record: Import, *, user: User) -> dict[str, Any]:
    at, report = timezone.now(), record.report
    since = record.started_at
    left = time_left(done=record.done, total=record.total, since=since, at=at)
    return {
        "record": record,
        "state": STATES[State(record.state)],
        "is_busy": record.state in BUSY,
        "is_ready": record.state == State.READY,
        "overwrites": record.mapping.get("overwrites", False),
        "meets_known": bool(report.get("conflicts") or report.get("totals", {}).get("unchanged")),
        "is_running": record.state == State.RUNNING,
        "rate": rate(done=record.done, since=since, at=at),
        "seconds_left": round(left.total_seconds()) if left else None,
        "counts": [] if record.state in BUSY else counts_of(record, user=user),
        "report": report,
        "is_chosen": bool(record.mapping.get("files")),
        "conflicts": _named(report, "conflicts"),
        "changes": _named(report, "changes"),
        "failed": report.get("totals", {}).get("failed", 0),
        "left_out": report.get("skipped", 0),
        "is_part": record.state == State.READY and record.total > uploads.LOOKED_AT,
        "most": uploads.LOOKED_AT,
        "mend": list(enumerate(report.get("mend", []))),
        "last_year_url": _last_year(record, user=user),
        **(_steps(record) if user.may(RUN_IMPORTS) else {}),
    }


def _steps(record: Import) -> dict[str, bool]:
    """What whoever runs imports may do with it now."""
    return {
        "may_run": True,
        "may_undo": record.state in TO_UNDO,
        "may_choose": _may_choose(record),
        "may_leave": record.state in TO_LEAVE,
    }


def _named(report: Mapping[str, Any], what: str) -> list[dict[str, Any]]:
    """What is told of fields, by their names on screens."""
    found = report.get(what) or []
    words = {**field_words(), "custom": _("Own fields")} if found else {}
    plain = (one["field"].replace("_", " ").capitalize() for one in found)
    return [
        one | {"field": words.get(one["field"], name)}
        for one, name in zip(found, plain, strict=True)
    ]


def _may_choose(record: Import) -> bool:
    """Whether its files lie here, and wait."""
    return record.state in TO_CHOOSE and bool(record.mapping.get("paths"))


def _last_year(record: Import, *, user: User) -> str:
    """Where it stands how the leads that it brought were worked; "" without any."""
    is_new = record.objects_in.get("person", {}).get("created")
    if record.state != State.DONE or not is_new or not user.may(VIEW_REPORTS):
        return ""
    return reverse("analytics:last-year", query={"import": record.batch})


@requires(RUN_IMPORTS)
@require_POST
def start(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Bring them in."""
    record = _found(key)
    if uploads.begin_import(record=record, at=timezone.now()):
        run_import.enqueue(import_id=record.pk)
    return redirect("exchange:import", key)


@requires(RUN_IMPORTS)
@require_POST
def take_side(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What differs: the file's value, or ours."""
    record, overwrites = _found(key), "overwrites" in request.POST
    if uploads.choose_side(record=record, overwrites=overwrites):
        look_through.enqueue(import_id=record.pk)
    return redirect("exchange:import", key)


@requires(RUN_IMPORTS)
@require_POST
def cancel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """No further."""
    uploads.cancel_import(record=_found(key), at=timezone.now())
    return redirect("exchange:import", key)


@requires(RUN_IMPORTS)
@require_POST
def take_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Undo all of it, in the background."""
    record = _found(key)
    if undoing.begin_undo(record=record, by=cast(User, request.user), at=timezone.now()):
        undo_import.enqueue(import_id=record.pk)
    return redirect("exchange:import", key)


@requires(RUN_IMPORTS)
@require_GET
def to_mend(request: HtmxRequest, key: UUID) -> HttpResponseBase:
    """The lines of one of the files that failed."""
    record = _found(key)
    asked = request.GET.get("file", "0")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 999
    path = uploads.mend_path(record, number)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def _found(key: UUID) -> Import:
    return get_object_or_404(Import.objects.select_related("by", "undone_by"), key=key)
