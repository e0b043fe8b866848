"""Handoffs behind a figure of somebody's home: of a rep, late ones, of some days."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.ui.asked import day_of
from baton.core.ui.htmx import HtmxRequest
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.queries.day import handed_between, is_late, open_handoffs
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.views.loading import on_their_clock

STATES = {State.OFFERED.value, State.ACCEPTED.value}


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def open_ones(request: HtmxRequest) -> HttpResponse:
    """Of one rep (``rep``, a key), only late ones (``late``), only of one ``state``."""
    rows = open_handoffs(user_of(request))
    rep = _rep(request.GET.get("rep", ""))
    titles = [rep.name if rep else _("All leads with sales")]
    if rep:
        rows = rows.filter(rep=rep)
    if (state := request.GET.get("state", "")) in STATES:
        rows = rows.filter(state=state)
    if "late" in request.GET:
        rows = rows.filter(is_late(timezone.now()))
        titles.append(_("late"))
    return _listed(request, rows, title=", ".join(titles), period=_("Open now"))


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def handed(request: HtmxRequest) -> HttpResponse:
    """MQLs handed over on these days, both included."""
    since, until = _day(request.GET.get("from", "")), _day(request.GET.get("to", ""))
    rows = handed_between(user_of(request), since=since, until=until)
    words = {"since": date_format(since, "j M"), "until": date_format(until, "j M Y")}
    period = _("%(since)s to %(until)s") % words
    return _listed(request, rows, title=_("MQLs handed over"), period=period)


def _listed(request: HttpRequest, rows: Any, **words: str) -> HttpResponse:
    context = {
        **words,
        **listed(rows, user=user_of(request)),
        "desk_url": reverse("handoff:desk"),
    }
    return render(request, "handoff/behind.html", context)


def _rep(key: str) -> User | None:
    if not key:
        return None
    try:
        return User.objects.get(key=UUID(key), deleted_at=None)
    except (ValueError, User.DoesNotExist) as error:
        raise Http404 from error


def _day(text: str) -> date:
    """Of an address; what is no day, or of a year that nobody means, is no page."""
    day = day_of(text)
    if day is None:
        raise Http404
    return day
