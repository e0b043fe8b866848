"""The bar under a list: an act on the ticked rows, or on all that match; and long runs of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import signed_in
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.changes.queries import may_undo
from baton.core.editing import actions
from baton.core.editing.forms import FieldOfMany
from baton.core.editing.many import EDIT
from baton.core.editing.matching import list_of, matching, ticked
from baton.core.editing.models import BulkRun
from baton.core.editing.slots import BulkAct, bulk_acts
from baton.core.editing.tasks import do_bulk
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.messages import say

MOST_TICKED = 500
AT_ONCE = 500  # rows; more are done in the background
EDITED_AT_ONCE = 100  # each by the action of one record, while others wait to write


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What the bar sent."""

    act: BulkAct
    user: User
    address: str  # of the list, without its question mark
    typed: str
    value: Any

    @property
    def back(self) -> str:
        return _list_at(self.act, self.address)

    @property
    def chosen(self) -> str:
        """What was chosen, "Nobody" too; "" where there is nothing to choose."""
        field = self.act.control(self.user) if self.act.control else None
        return self.said or str(getattr(field, "empty_label", None) or "")

    @property
    def said(self) -> str:
        return "" if self.value is None else str(self.value)


def _list_at(act: BulkAct, address: str) -> str:
    place = reverse(list_of(act).url_name)
    return f"{place}?{address}" if address else place


@signed_in
@require_POST
def act(request: HtmxRequest, listing: str, name: str) -> HttpResponse:
    """One act on many rows; on all that match only after their number was seen."""
    try:
        asked = _read(request, listing, name)
    except RuleViolation as no:
        say(request, str(no))
        return redirect(_list_at(_act_or_404(listing, name), request.POST.get("asked", "")))
    return _carry_out(request, asked)


def _carry_out(request: HtmxRequest, asked: _Asked) -> HttpResponse:
    if not request.POST.get("all"):
        return _on_ticked(request, asked)
    found = matching(asked.act, asked.address, user=asked.user)
    count, last = found.count(), found.last()
    if not count or last is None:
        raise Http404
    if asked.act.most:  # nothing that takes so few is done bite by bite
        return _do(request, asked, ids=list(found[: asked.act.most + 1]), left_out=0)
    if request.POST.get("count") != str(count):
        counted = asked.act.counted(count)
        context = {"asked": asked, "count": count, "counted": counted}
        context["is_other"] = "count" in request.POST
        return render(request, "editing/confirm.html", context)
    if count <= (EDITED_AT_ONCE if asked.act.many else AT_ONCE):
        return _do(request, asked, ids=list(found), left_out=0)
    run = actions.start_run(
        act=asked.act, asked=asked.address, value=asked.typed, total=count, last=last,
        by=asked.user,
    )  # fmt: skip
    do_bulk.enqueue(run_id=run.pk)
    return redirect("editing:run", run.key)


@signed_in
@require_POST
def many(request: HtmxRequest, listing: str) -> HttpResponse:
    """Which field of many rows, and what it becomes: asked on a page of its own."""
    act, user, said = _act_or_404(listing, EDIT), cast(User, request.user), request.POST
    if not user.may(act.permission):
        raise PermissionDenied
    form = FieldOfMany(act.many, user, said)
    if said.get("do") == "save" and form.is_valid():
        typed, address = form.typed, said.get("asked", "")
        value = form.cleaned_data["value"]
        asked = _Asked(act=act, user=user, address=address, typed=typed, value=value)
        return _carry_out(request, asked)
    context = {"act": act, "form": form, "rows": said.getlist("row")[:MOST_TICKED]}
    context["count"] = count = _count(act, said, user=user)
    context |= {"counted": act.counted(count), "back": _list_at(act, said.get("asked", ""))}
    status = 422 if said.get("do") == "save" else 200
    return page_or_partial(request, "editing/many.html", "form", context, status=status)


def _count(act: BulkAct, said: QueryDict, *, user: User) -> int:
    """Of those that this user may do it to."""
    if said.get("all"):
        return matching(act, said.get("asked", ""), user=user).count()
    keys = {key for text in said.getlist("row")[:MOST_TICKED] if (key := _key(text))}
    return len(ticked(act, keys, user=user))


@signed_in
@require_GET
def run(request: HtmxRequest, key: UUID) -> HttpResponse:
    """How far it is; asks again by itself while it goes on."""
    found = _run_or_404(request, key)
    act = bulk_acts.find(found.act)
    if act is None:
        raise Http404
    context = {
        "run": found,
        "act": act,
        "counted": act.counted(found.done),
        "back": f"{reverse(list_of(act).url_name)}?{found.asked}",
        "may_undo": found.ended_at and not found.is_undo and _may_undo(found),
    }
    return page_or_partial(request, "editing/run.html", "progress", context)


@signed_in
@require_POST
def cancel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """No further; what is done can be taken back."""
    found = _run_or_404(request, key)
    actions.cancel_run(run=found)
    return redirect("editing:run", key)


@signed_in
@require_POST
def take_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The whole run undone, in bites as well."""
    found = _run_or_404(request, key)
    if not found.ended_at or found.is_undo or not _may_undo(found):
        raise Http404
    back = actions.start_undo(run=found)
    do_bulk.enqueue(run_id=back.pk)
    return redirect("editing:run", back.key)


def _read(request: HttpRequest, listing: str, name: str) -> _Asked:
    user = cast(User, request.user)
    act = _act_or_404(listing, name)
    if not user.may(act.permission):
        raise PermissionDenied
    typed = request.POST.get(f"value-{name}", "")[:200]
    try:
        value = act.control(user).clean(typed) if act.control else None
    except ValidationError as no:
        raise Http404 from no
    address = request.POST.get("asked", "")
    return _Asked(act=act, user=user, address=address, typed=typed, value=value)


def _act_or_404(listing: str, name: str) -> BulkAct:
    act = bulk_acts.find(f"{listing}.{name}")
    if act is None:
        raise Http404
    return act


def _on_ticked(request: HtmxRequest, asked: _Asked) -> HttpResponse:
    keys = {key for text in request.POST.getlist("row")[:MOST_TICKED] if (key := _key(text))}
    if not keys:
        say(request, _("Tick the rows first."))
        return redirect(asked.back)
    ids = ticked(asked.act, keys, user=asked.user)
    if not ids:
        raise Http404
    return _do(request, asked, ids=ids, left_out=len(keys) - len(ids))


def _do(
    request: HtmxRequest, asked: _Asked, *, ids: Collection[int], left_out: int
) -> HttpResponse:
    try:
        asked.act.refuse_number(len(ids))
        done, batch = actions.do_at_once(
            act=asked.act, ids=ids, value=asked.value, by=asked.user, at=timezone.now()
        )
    except RuleViolation as no:
        say(request, str(no))
        return redirect(asked.back)
    words = [asked.act.done(asked.act.counted(done), asked.said)]
    if left_out:
        more = ngettext("%(n)d is not yours to change.", "%(n)d are not yours to change.", left_out)
        words.append(more % {"n": left_out})
    if refused := len(ids) - done:
        more = ngettext("%(n)d stays as it was.", "%(n)d stay as they were.", refused)
        words.append(more % {"n": refused})
    undo_url = undo_of(batch) if done else None
    say(request, " ".join(words), undo_url=undo_url)
    return redirect(asked.back)


def _run_or_404(request: HttpRequest, key: UUID) -> BulkRun:
    return get_object_or_404(BulkRun.objects.filter(user=cast(User, request.user)), key=key)


def _may_undo(found: BulkRun) -> bool:
    return may_undo(batch=found.batch, user=found.user)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
