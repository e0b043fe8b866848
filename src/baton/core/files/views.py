"""The files of a record, and the way each of them leaves the house."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.colleagues.queries import find_record
from baton.core.colleagues.slots import RecordKind
from baton.core.errors import RuleViolation
from baton.core.files import actions
from baton.core.files.models import File
from baton.core.files.permissions import EDIT_FILES, VIEW_FILES
from baton.core.files.queries import all_files, find_file, record_with
from baton.core.files.receiving import receive_here, received_in
from baton.core.files.sending import Missing, sent
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say

FIELD = "file"


# Before the form's token can be read, the body has to be: who may not, sends it to nobody.
@csrf_exempt
@requires(VIEW_FILES)
@require_http_methods(["GET", "POST"])
def record(request: HtmxRequest, kind: str, key: UUID) -> HttpResponseBase:
    """All files of a record; a POST adds some."""
    is_sent = request.method == "POST"
    user = cast(User, request.user)
    found = find_record(kind, key, user=user, to_edit=is_sent)
    if found is None or (is_sent and not user.may(EDIT_FILES)):
        raise Http404
    if not is_sent:
        return _page(request, found)
    receive_here(request)
    return cast(HttpResponseBase, _upload(request, found))


@csrf_protect
def _upload(request: HtmxRequest, found: tuple[RecordKind, Any]) -> HttpResponse:
    kind, record = found
    try:
        added = actions.add_files(
            kind=kind,
            record=record,
            received=received_in(request, field=FIELD),
            by=cast(User, request.user),
            at=timezone.now(),
        )
    except RuleViolation as no:
        return _page(request, found, refusal=str(no))
    count = added.new_count
    words = ngettext("%(n)s file added.", "%(n)s files added.", count) % {"n": count}
    undo_url = undo_of(added.batch) if count else None
    say(request, words if count else _("This is here already."), undo_url=undo_url)
    return go(request, record.get_absolute_url())


def _page(
    request: HtmxRequest, found: tuple[RecordKind, Any], *, refusal: str = ""
) -> HttpResponse:
    kind, record = found
    may_edit = find_record(kind.name, record.key, user=cast(User, request.user), to_edit=True)
    context = {
        "record": record,
        "files": all_files(kind.name, record),
        "may_edit": may_edit is not None,
        "refusal": refusal,
    }
    return render(request, "files/record.html", context, status=422 if refusal else 200)


@requires(VIEW_FILES)
@require_GET
def file(request: HtmxRequest, key: UUID) -> HttpResponseBase:
    """To be kept, never to be opened here; who does not see the record is told nothing."""
    found = _found(request, key)
    try:
        return sent(found)
    except Missing:
        say(request, _("“%(name)s” is missing on the server’s disk.") % {"name": found.name})
        return redirect("files:record", found.object_type, _key_of(request, found))


@requires(EDIT_FILES)
@require_POST
def remove(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with a way back."""
    found = find_file(key, user=cast(User, request.user), permission=EDIT_FILES)
    if found is None:
        raise Http404
    batch = actions.remove_file(file=found, by=cast(User, request.user), at=timezone.now())
    words = _("“%(name)s” is in the trash.") % {"name": found.name}
    say(request, words, undo_url=undo_of(batch))
    return go(request, _record_of(request, found).get_absolute_url())


def _found(request: HtmxRequest, key: UUID) -> File:
    found = find_file(key, user=cast(User, request.user))
    if found is None:
        raise Http404
    return found


def _key_of(request: HtmxRequest, found: File) -> UUID:
    return cast(UUID, _record_of(request, found).key)


def _record_of(request: HtmxRequest, found: File) -> Any:
    record = record_with(found, user=cast(User, request.user))
    if record is None:
        raise Http404
    return record
