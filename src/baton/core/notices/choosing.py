"""The page on which one chooses what one is told, by which way, and when."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import public, signed_in, user_of
from baton.core.access.models import User
from baton.core.notices import choices
from baton.core.notices.devices import devices_of, push_key
from baton.core.notices.forms import TimesForm
from baton.core.notices.links import Fewer, read_fewer
from baton.core.notices.queries import grid_of, ticked
from baton.core.notices.rooms import room_of
from baton.core.notices.rules import COLUMNS, Way, read_ways, write_ways
from baton.core.notices.slots import notice_kinds
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say


@signed_in
@require_http_methods(["GET", "POST"])
def kinds(request: HtmxRequest) -> HttpResponse:
    """What one wants to be told."""
    user = user_of(request)
    lines = choices.lines_for(user)
    if request.method == "POST":
        chosen = ticked(request.POST.getlist("way"), [line.kind for line in lines])
        choices.choose_ways(user=user, chosen=chosen)
        say(request, _("Saved."))
        return go(request, reverse("notices:kinds"))
    return render(request, "notices/kinds.html", _context(user, TimesForm.of(user)))


@signed_in
@require_POST
def times(request: HtmxRequest) -> HttpResponse:
    """When the mail of the day comes."""
    user = user_of(request)
    form = TimesForm(request.POST)
    if not form.is_valid():
        return render(request, "notices/kinds.html", _context(user, form), status=422)
    choices.set_habits(user=user, **form.values(), at=timezone.now())
    say(request, _("Saved."))
    return go(request, reverse("notices:kinds"))


def _context(user: User, form: TimesForm) -> dict[str, Any]:
    lines = choices.lines_for(user)
    return {
        "columns": COLUMNS.values(),
        "rows": grid_of((line.kind, line.ways) for line in lines),
        "form": form,
        "zone": user.local_zone,
        "address": user.email or "",
        "has_mail": settings.MAIL_IS_SET_UP,
        "devices": devices_of(user),
        "room": room_of(user),
        "push_key": push_key()[1],
    }


@public
@require_http_methods(["GET", "POST"])
def fewer(request: HtmxRequest) -> HttpResponse:
    """From a mail, without a password: one step quieter by a press, and back by another."""
    token = request.POST.get("of", "") or request.GET.get("of", "")
    asked = read_fewer(token)
    kind = notice_kinds.find(asked.kind) if asked else None
    user = User.objects.filter(key=asked.user, is_active=True).first() if asked else None
    if asked is None or kind is None or user is None:
        return render(request, "notices/fewer.html", status=404)
    context = {"label": kind.label, "token": token, "way": asked.way.value}
    if request.method == "POST":
        context |= _quieter(request, user, asked)
    return render(request, "notices/fewer.html", context)


def _quieter(request: HttpRequest, user: User, asked: Fewer) -> dict[str, Any]:
    """A press that comes twice changes nothing more."""
    if back := request.POST.get("back"):
        was_daily = Way.DIGEST in read_ways(back.split(","))
        choices.take_back(user=user, kind=asked.kind, way=asked.way, was_daily=was_daily)
        return {"is_back": True}
    before = choices.take_fewer(user=user, kind=asked.kind, way=asked.way)
    return {"is_done": True, "before": ",".join(write_ways(before or {asked.way}))}
