"""Who else sees a record: the form on its page, and the way back."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import Team, User
from baton.core.colleagues import actions
from baton.core.colleagues.forms import ShareForm
from baton.core.colleagues.interests import set_followed, set_pinned
from baton.core.colleagues.permissions import FOLLOW_RECORDS, SHARE_RECORDS
from baton.core.colleagues.queries import find_record, name_of, reader_named, shown_shares
from baton.core.colleagues.slots import RecordKind
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say

Found = tuple[RecordKind, Any]


@requires(SHARE_RECORDS)
@require_http_methods(["GET", "POST"])
def share(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """To whom it is open and why; open it to one more. What an Undo posts stands in the address."""
    found, record = _to_edit_or_404(request, kind, key)
    user, asked = user_of(request), request.POST if "who" in request.POST else request.GET
    is_sent = request.method == "POST"
    form = ShareForm(asked if is_sent else None, user=user, who=request.GET.get("who", ""))
    if is_sent and form.is_valid():
        reader = reader_named(form.cleaned_data["who"])
        assert reader, "the form offers those that there are"
        former = actions.share_record(
            kind=found,
            record=record,
            reader=reader,
            may_edit=form.may_edit,
            by=user,
            at=timezone.now(),
        )
        words = _("Shared with %(name)s.") % {"name": reader}
        say(request, words, undo_url=_back((found, record), reader, former))
        return go(request, record.get_absolute_url())
    context = {
        "form": form,
        "record": record,
        "shares": shown_shares(found, record),
        "share_url": _address("share", (found, record)),
        "unshare_url": _address("unshare", (found, record)),
    }
    status = 422 if is_sent else 200
    return page_or_partial(request, "colleagues/share.html", "dialog", context, status=status)


@requires(SHARE_RECORDS)
@require_POST
def unshare(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """Take back what was opened by hand, with a way back."""
    found, record = _to_edit_or_404(request, kind, key)
    reader = reader_named(request.POST.get("who") or request.GET.get("who", ""))
    if reader:
        former = actions.take_back(
            kind=found, record=record, reader=reader, by=user_of(request), at=timezone.now()
        )
        words = _("No longer shared with %(name)s.") % {"name": reader}
        undo_url = _back((found, record), reader, former) if former.was_open else None
        say(request, words, undo_url=undo_url)
    return go(request, record.get_absolute_url())


@requires(FOLLOW_RECORDS)
@require_POST
def follow(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """Be told what happens with a record that one sees; with ``off`` no longer."""
    found, record = _seen_or_404(request, kind, key)
    is_off = "off" in request.POST
    at = None if is_off else timezone.now()
    set_followed(kind=found, record=record, user=user_of(request), at=at)
    words = _("You do not follow %(name)s any more.") if is_off else _("You follow %(name)s.")
    say(request, words % {"name": record})
    return go(request, record.get_absolute_url())


@requires(FOLLOW_RECORDS)
@require_POST
def pin(request: HtmxRequest, kind: str, key: UUID) -> HttpResponse:
    """Into one's own sidebar, on top; with ``off`` out of it."""
    found, record = _seen_or_404(request, kind, key)
    at = None if "off" in request.POST else timezone.now()
    try:
        set_pinned(kind=found, record=record, user=user_of(request), at=at)
    except RuleViolation as no:
        say(request, str(no))
    return go(request, record.get_absolute_url())


def _seen_or_404(request: HttpRequest, kind: str, key: UUID) -> Found:
    found = find_record(kind, key, user=user_of(request), to_edit=False)
    if found is None:
        raise Http404
    return found


def _back(found: Found, reader: User | Team, former: actions.Before) -> str:
    """Where to post so that it is open to the reader as it was before."""
    if not former.was_open:
        return _address("unshare", found, who=name_of(reader))
    return _address("share", found, who=name_of(reader), may="edit" if former.may_edit else "look")


def _address(name: str, found: Found, **asked: str) -> str:
    kind, record = found
    url = reverse(f"colleagues:{name}", args=[kind.name, record.key])
    return f"{url}?{urlencode(asked)}" if asked else url


def _to_edit_or_404(request: HttpRequest, kind: str, key: UUID) -> Found:
    found = find_record(kind, key, user=user_of(request), to_edit=True)
    if found is None or not found[0].is_shared:
        raise Http404
    return found
