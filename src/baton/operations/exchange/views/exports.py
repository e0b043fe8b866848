"""Taking a list away as a file, and what was taken."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, signed_in
from baton.core.access.models import User
from baton.core.saved.queries import address
from baton.core.saved.slots import saved_lists
from baton.core.signin import again
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, count_words, list_page
from baton.operations.exchange.actions import everything, exporting
from baton.operations.exchange.models import Export
from baton.operations.exchange.permissions import EXPORT_EVERYTHING
from baton.operations.exchange.queries import Taken, exports_seen, taken
from baton.operations.exchange.rules.exports import AT_ONCE, EVERYTHING, State
from baton.operations.exchange.tasks import write_everything, write_export

MOST_CHOSEN = 500
STATES = {
    State.LEAVING: {"name": gettext_lazy("Being sent"), "hue": "blue"},
    State.RUNNING: {"name": gettext_lazy("Being written"), "hue": "blue"},
    State.DONE: {"name": gettext_lazy("Done"), "hue": "green"},
    State.STOPPED: {"name": gettext_lazy("Stopped"), "hue": "gray"},
    State.FAILED: {"name": gettext_lazy("Failed"), "hue": "red"},
    State.REFUSED: {"name": gettext_lazy("Not allowed any more"), "hue": "red"},
}


def what_words(export: Export) -> str:
    """The list's name, also of a list that is gone."""
    if export.what == EVERYTHING:
        return _("Everything")
    place = saved_lists.find(export.what)
    return str(place.label) if place else export.what


EXPORTS = Listing(
    name="exports",
    columns=(
        Column(name="what", label=gettext_lazy("What"), value=what_words),
        Column(name="user", label=gettext_lazy("Who"), kind="owner", on_phone=True),
        Column(name="created_at", label=gettext_lazy("When"), kind="when", on_phone=True),
        Column(name="done", label=gettext_lazy("Rows"), kind="number"),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=lambda one: STATES[State(one.state)],
        ),
        Column(name="expires_at", label=gettext_lazy("File kept until"), kind="when"),
        Column(name="id", label=gettext_lazy("Number"), kind="number", sort="id"),
    ),
    order="-id",
    url=lambda one: reverse("exchange:export", args=[one.key]),
    empty=Empty(icon="export", text=gettext_lazy("What is taken out as a file is noted here.")),
)


@signed_in
@require_http_methods(["GET", "POST"])
def new_export(request: HtmxRequest) -> HttpResponseBase:
    """How many rows, which columns; then the file, or its progress. Ticked rows come by POST."""
    of = _asked_or_404(request)
    user, at = of.user, timezone.now()
    is_asked = again.must_ask(request, user=user, at=at)
    form = again.code_form(request, user=user) if is_asked else None
    is_sent = request.method == "POST" and "columns" in request.POST
    if not is_sent or not of.is_whole or (form and not form.is_valid()):
        return _page(request, of, form, is_wrong=is_sent)
    if form:
        again.note_asked(request, at=at)
    total = of.total
    is_long = total > AT_ONCE and not of.is_figures
    state = State.RUNNING if is_long else State.LEAVING
    export = exporting.begin_export(of=of, total=total, state=state, at=at)
    if is_long:
        write_export.enqueue(export_id=export.pk)
        return redirect("exchange:export", export.key)
    lines = exporting.stream_export(export=export, of=of)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(export)}"'
    return response


@requires(EXPORT_EVERYTHING)
@require_http_methods(["GET", "POST"])
def new_everything(request: HtmxRequest) -> HttpResponse:
    """What is in it, and the code once more; then its progress."""
    user, at = cast(User, request.user), timezone.now()
    is_asked = again.must_ask(request, user=user, at=at)
    form = again.code_form(request, user=user) if is_asked else None
    is_sent = request.method == "POST"
    if not is_sent or (form and not form.is_valid()):
        context = {"form": form}
        status = 422 if is_sent else 200
        return render(request, "exchange/everything.html", context, status=status)
    if form:
        again.note_asked(request, at=at)
    export = everything.begin_everything(by=user, at=at)
    write_everything.enqueue(export_id=export.pk)
    return redirect("exchange:export", export.key)


@signed_in
@require_GET
def exports(request: HtmxRequest) -> HttpResponse:
    """One's own; everybody's for who looks after the house."""
    user = cast(User, request.user)
    context = {
        "list": list_page(request, EXPORTS, exports_seen(user)),
        "may_take_all": user.may(EXPORT_EVERYTHING),
    }
    return page_or_partial(request, "exchange/exports.html", "list", context)


@signed_in
@require_GET
def export(request: HtmxRequest, key: UUID) -> HttpResponse:
    """How far it is; asks again by itself while it goes on."""
    user = cast(User, request.user)
    found = get_object_or_404(exports_seen(user), key=key)
    is_running = found.state == State.RUNNING
    if is_running and found.what == EVERYTHING:
        found.done, found.total = everything.progress_of(found)
    context = {
        "export": found,
        "what": what_words(found),
        "state": STATES[State(found.state)],
        "is_running": is_running,
        "is_own": found.user == user,
        "is_here": found.user == user and _is_here(found),
    }
    return page_or_partial(request, "exchange/export.html", "progress", context)


@signed_in
@require_POST
def cancel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """No further."""
    found = _own_or_404(request, key)
    if found.what == EVERYTHING:
        everything.stop_everything(export=found, at=timezone.now())
    else:
        exporting.cancel_export(export=found, at=timezone.now())
    return redirect("exchange:export", key)


@signed_in
@require_http_methods(["GET", "POST"])
def download(request: HtmxRequest, key: UUID) -> HttpResponseBase:
    """The file, to who made it; until it expires, and while they may still take it."""
    found, at = _own_or_404(request, key), timezone.now()
    if not _is_here(found) or not _may_still(found):
        raise Http404
    if again.must_ask(request, user=found.user, at=at):
        form = again.code_form(request, user=found.user)
        if request.method != "POST" or not form.is_valid():
            context = {"form": form, "export": found, "what": what_words(found)}
            status = 422 if request.method == "POST" else 200
            return render(request, "exchange/code.html", context, status=status)
        again.note_asked(request, at=at)
    exporting.note_taken(export=found)
    response = StreamingHttpResponse(exporting.pieces_of(found), content_type=type_of(found))
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}"'
    return response


def type_of(found: Export) -> str:
    return "application/zip" if found.what == EVERYTHING else "text/csv; charset=utf-8"


def file_name(found: Export) -> str:
    """people-2026-03-01.csv"""
    kind = "zip" if found.what == EVERYTHING else "csv"
    return f"{found.what}-{found.created_at:%Y-%m-%d}.{kind}"


def _page(request: HtmxRequest, of: Taken, form: Any, *, is_wrong: bool) -> HttpResponse:
    rows, seen = of.rows().order_by(), of.seen().order_by()
    count = rows.count()
    left_out = seen.count() - count
    context = {
        "of": of,
        "count": count,
        "count_words": count_words(count) if count <= AT_ONCE else f"{count:,}",
        "left_out": left_out,
        "is_long": count > AT_ONCE and not of.is_figures,
        "form": form,
        "action": link(of.place, of.asked.urlencode()),
        "back": address(of.place, state=of.asked.urlencode()),
        "is_all": request.POST.get("columns") == "all",
        "group_count": of.total if of.is_figures else 0,
    }
    partial = "dialog" if request.htmx else "form"
    status = 422 if is_wrong else 200
    return page_or_partial(request, "exchange/new_export.html", partial, context, status=status)


def _asked_or_404(request: HtmxRequest) -> Taken:
    user, chosen = cast(User, request.user), request.POST.getlist("row")
    place = saved_lists.find(request.GET.get("list", ""))
    if place is None or not user.may(place.permission):
        raise Http404
    if not user.may(place.export):
        raise PermissionDenied
    of = taken(
        place.name,
        request.POST.get("asked") or request.GET.get("state", ""),
        user=user,
        chosen=[] if request.POST.get("all") else _keys(chosen),
        has_all_columns=request.POST.get("columns") == "all",
    )
    if of is None:
        raise Http404
    return of


def _keys(texts: list[str]) -> list[str]:
    found = []
    for text in texts[:MOST_CHOSEN]:
        try:
            found.append(str(UUID(text)))
        except ValueError as no:
            raise Http404 from no
    return found


def _own_or_404(request: HtmxRequest, key: UUID) -> Export:
    user = cast(User, request.user)
    return get_object_or_404(Export.objects.filter(user=user).select_related("user"), key=key)


def _is_here(found: Export) -> bool:
    is_young = found.expires_at is not None and found.expires_at > timezone.now()
    return found.state == State.DONE and is_young and exporting.file_of(found).exists()


def _may_still(found: Export) -> bool:
    if found.what == EVERYTHING:
        return bool(found.user.may(EXPORT_EVERYTHING))
    return taken(found.what, found.asked, user=found.user) is not None


def may_take(user: User, listing: str) -> bool:
    """Whether ticked rows of that list may leave the house."""
    place = saved_lists.find(listing)
    return place is not None and user.may(place.export)


def link(place: Any, state: str) -> str:
    """Where the button among a view's leads."""
    asked = QueryDict(mutable=True)
    asked["list"], asked["state"] = place.name, state
    return f"{reverse('exchange:new-export')}?{asked.urlencode()}"
