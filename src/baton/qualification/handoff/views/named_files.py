"""Named accounts out of a file: looked through first, then named, and taken back in one step."""

from typing import Any, cast

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms.places import NamedFileForm
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS

SHOWN = 100  # lines of a preview; their number is told in full


# Before the form's token can be read, the body has to be: who may not, sends it to nobody.
@csrf_exempt
@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
def named_file(request: HtmxRequest) -> HttpResponseBase:
    """Choose a file, see what would come of it, then name its accounts."""
    # No body here is over 1 MB (``config.middleware``), so that memory holds it.
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return cast(HttpResponseBase, _named_file(request))


@csrf_protect
def _named_file(request: HtmxRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = NamedFileForm(request.POST, request.FILES) if is_sent else NamedFileForm()
    if is_sent and form.is_valid():
        try:
            return _named(request, form) if "sure" in request.POST else _previewed(request, form)
        except RuleViolation as no:
            form.add_error("uploaded", str(no))
    context = {"form": form}
    return render(request, "handoff/named_file.html", context, status=422 if is_sent else 200)


def _previewed(request: HtmxRequest, form: NamedFileForm) -> HttpResponse:
    told = actions.preview_accounts(by=user_of(request), **form.asked())
    sent: dict[str, Any] = {
        "text": form.cleaned_data["text"],
        "scope": form.cleaned_data["scope"],
        "owner": form.cleaned_data["owner"],
    }
    context = {
        "told": told,
        "sent": sent,
        "steps": told.steps[:SHOWN],
        "bad": told.bad[:SHOWN],
        "changes": told.added + told.moved + told.removed,
        "is_all": form.is_all,
    }
    return render(request, "handoff/named_preview.html", context)


def _named(request: HtmxRequest, form: NamedFileForm) -> HttpResponse:
    done = actions.name_accounts(by=user_of(request), at=timezone.now(), **form.asked())
    words = _("%(added)d named, %(moved)d given to others, %(same)d as before.")
    said = words % {"added": done.added, "moved": done.moved, "same": done.same}
    if done.removed:
        words = ngettext("%(n)d named no more.", "%(n)d named no more.", done.removed)
        said = f"{said} {words % {'n': done.removed}}"
    if done.bad:
        words = ngettext("%(n)d line left out.", "%(n)d lines left out.", len(done.bad))
        said = f"{said} {words % {'n': len(done.bad)}}"
    is_changed = done.added or done.moved or done.removed
    say(
        request,
        said,
        undo_url=undo_of(done.batch) if is_changed else None,
    )
    return go(request, reverse("handoff:named"))
