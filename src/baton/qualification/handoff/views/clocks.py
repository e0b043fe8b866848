"""Answers to messages and care for open deals: what runs, what a figure counts, and pauses."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.core.worktime.rules.hours import day_start
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import PauseForm
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.permissions import ANSWER_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.promised import (
    ClocksBy,
    are_promised,
    clocks_behind,
    owed_clocks,
    subjects_of,
)
from baton.qualification.handoff.queries.shown import shown_clocks
from baton.qualification.handoff.rules import ClockKind
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import CLOCK_FIGURES, ENDS

MOST = 200
TEAM = "team"


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def clocks(request: HtmxRequest) -> HttpResponse:
    """What runs, of one's own or of all that one sees; the most urgent first."""
    user, now = user_of(request), timezone.now()
    usual = "" if user.may(ANSWER_HANDOFFS) else TEAM
    is_team = request.GET.get("tab", usual) == TEAM
    rows = owed_clocks(user, is_team=is_team)
    agreement = agreement_in_force()
    context = {
        "rows": shown_clocks(rows[:MOST], user=user, now=now),
        "count": rows.count(),
        "is_team": is_team,
        "is_promised": bool(agreement and are_promised(agreement)),
    }
    return render(request, "handoff/clocks.html", context)


@requires(ANSWER_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def pause(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Until which day, and why."""
    user, now = user_of(request), timezone.now()
    clock = _owed(user, key)
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until = _morning(form.cleaned_data["until"])
        try:
            actions.pause_clock(
                clock=clock, until=until, reason=form.cleaned_data["reason"], by=user, at=now
            )
        except RuleViolation as no:
            form.add_error("until", str(no))
        else:
            say(request, _("Paused. It goes on by itself."))
            return go(request, reverse("handoff:clocks"))
    context = {
        "form": form,
        "subject": subjects_of([clock])[clock.pk],
        "days": clock.agreement.pause_days,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "handoff/pause.html", context, status=status)


def _morning(day: date) -> datetime:
    return day_start(day, zone=timezone.get_current_timezone())


@requires(ANSWER_HANDOFFS)
@require_POST
def resume(request: HtmxRequest, key: UUID) -> HttpResponse:
    """It goes on now."""
    clock = _owed(user_of(request), key)
    try:
        actions.resume_clock(clock=clock, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _("The clock goes on."))
    return go(request, reverse("handoff:clocks"))


def _owed(user: User, key: UUID) -> Clock:
    rows = Clock.objects.visible_to(user, ANSWER_HANDOFFS).select_related("agreement", "owner")
    return get_object_or_404(rows, key=key)


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def behind(request: HtmxRequest, clock_kind: str) -> HttpResponse:
    """The clocks that a figure counts: of the month, or of who owes with ``?by=…&group=…``."""
    if clock_kind not in set(ClockKind):
        raise Http404
    asked, day = ClockKind(clock_kind), month_of_address(request.GET)
    by, group = _group(request.GET)
    is_broken, now = "broken" in request.GET, timezone.now()
    user = user_of(request)
    rows = clocks_behind(asked, user=user, day=day, at=now, is_broken=is_broken, by=by, group=group)
    found = list(rows[:500])
    subjects = subjects_of(found)
    kept = {name: request.GET[name] for name in ("by", "group", "month") if name in request.GET}
    context: dict[str, Any] = {
        "title": CLOCK_FIGURES[asked],
        "period": date_format(day, "F Y"),
        "count": rows.count(),
        "rows": [
            (clock, subjects[clock.pk], clock.is_late(now), ENDS.get(clock.ended, ""))
            for clock in found
        ],
        "is_broken": is_broken,
        "all_url": f"?{urlencode(kept)}",
        "broken_url": f"?{urlencode({**kept, 'broken': '1'})}",
    }
    return render(request, "handoff/clocks_behind.html", context)


def _group(asked: Mapping[str, str]) -> tuple[ClocksBy | None, str]:
    by, group = asked.get("by", ""), asked.get("group", "")
    if by not in set(ClocksBy):
        return None, ""
    if group:
        try:
            UUID(group)
        except ValueError as no:
            raise Http404 from no
    return ClocksBy(by), group


def month_of_address(asked: Mapping[str, str]) -> date:
    """``?month=2026-03``, else the present one; also for years that no calendar goes on from."""
    try:
        month = date.fromisoformat(f"{asked.get('month', '')}-01")
    except ValueError:
        month = timezone.localdate()
    return month if 1970 <= month.year < 2200 else timezone.localdate()
