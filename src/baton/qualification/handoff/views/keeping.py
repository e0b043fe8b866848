"""How the promises are kept: by rep, team, campaign and persona, and the handoffs behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.home.following import stands_at_once
from baton.core.offers import Label
from baton.core.ui.htmx import HtmxRequest
from baton.marketing.campaigns.queries import campaign_names
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.clock_columns import ClockColumns, clock_columns
from baton.qualification.handoff.kinds import page_url
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.promises import behind_url
from baton.qualification.handoff.queries.attainment import Promise, behind, months_before
from baton.qualification.handoff.queries.keeping import OWING, By, Keeping, behind_group, kept_by
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import PromiseShown
from baton.qualification.handoff.views.loading import on_their_clock

TITLES: Mapping[Promise, Label] = {
    Promise.MQLS: _("MQLs handed over"),
    Promise.ACCEPT: _("Accepted or rejected"),
    Promise.RESPOND: _("First response"),
    Promise.ATTEMPTS: _("Attempts"),
    Promise.VERDICT: _("Verdicts"),
}
BYS: Mapping[By, Label] = {
    By.REP: _("Rep"),
    By.TEAM: _("Team"),
    By.CAMPAIGN: _("Campaign"),
    By.PERSONA: _("Persona"),
}
NONE: Mapping[By, Label] = {
    By.REP: _("Queue"),
    By.TEAM: _("No team"),
    By.CAMPAIGN: _("No campaign"),
    By.PERSONA: _("No persona"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    name: str
    handed: int
    url: str
    cells: list[PromiseShown]


@requires(VIEW_HANDOFFS)
@require_GET
@stands_at_once(_("How the agreement is kept"))
@on_their_clock
def kept(request: HtmxRequest, kind: Kind = Kind.MARKETING) -> HttpResponse:
    """The promises of a month, by who owes them or by where the leads came from."""
    user, now, day, by = user_of(request), timezone.now(), month_asked(request), by_asked(request)
    found = kept_by(by, user=user, day=day, at=now, kind=kind)
    names = campaign_names({one.group for one in found}) if by is By.CAMPAIGN else {}
    asked = {"by": str(by), "month": f"{day:%Y-%m}"}
    # Messages, idle deals and next steps are promised by the first kind alone.
    is_first = kind == Kind.MARKETING
    clocks = clock_columns(by, user=user, day=day, at=now) if is_first else ClockColumns()
    context = {
        "by": by,
        "title_of_group": BYS[by],
        "bys": [(str(one), title, one == by) for one, title in BYS.items()],
        "columns": [*(TITLES[one] for one in Promise if one is not Promise.MQLS), *clocks.titles],
        "rows": [
            _row(one, by=by, kind=kind, names=names, asked=asked, clocks=clocks)
            for one in clocks.with_others(found)
        ],
        "month": asked["month"],
        "period": date_format(day, "F Y"),
        "before": f"{months_before(day, count=1):%Y-%m}",
        "after": _next_month(day),
        "handed_label": _("MQLs") if is_first else _("Handed on"),
        "agreement_url": page_url(kind),
    }
    return render(request, "handoff/kept.html", context)


def _row(
    found: Keeping,
    *,
    by: By,
    kind: Kind,
    names: Mapping[str, str],
    asked: Mapping[str, str],
    clocks: ClockColumns,
) -> Row:
    kept_in = {**asked, "group": found.group}

    def url(promise: Promise, **more: str) -> str:
        return f"{behind_url(promise, kind=kind)}?{urlencode({**kept_in, **more})}"

    called = names.get(found.group, found.name)
    return Row(
        name=called or str(NONE[by]),
        handed=found.handed,
        url=url(Promise.MQLS),
        cells=[
            PromiseShown(kept=one, url=url(one.promise), broken_url=url(one.promise, broken="1"))
            for one in found.promises
        ]
        + clocks.cells(found.group, asked=kept_in),
    )


def by_asked(request: HtmxRequest) -> By:
    wanted = request.GET.get("by", "")
    return By(wanted) if wanted in set(By) else By.REP


def _next_month(day: date) -> str:
    """Empty for the present one: nothing is due yet in what comes."""
    following = months_before(day, count=-1)
    return f"{following:%Y-%m}" if following <= timezone.localdate() else ""


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def handoffs_behind(request: HtmxRequest, promise: str) -> HttpResponse:
    """The handoffs that a figure counts: of the whole month, or with ``?by=…&group=…`` of one."""
    if promise not in set(Promise):
        raise Http404
    day, is_broken = month_asked(request), "broken" in request.GET
    rows = counted_behind(request, Promise(promise), day=day, is_broken=is_broken)
    context: dict[str, Any] = {
        "title": TITLES[Promise(promise)],
        "period": date_format(day, "F Y"),
        **listed(rows, user=user_of(request)),
        "promise": promise,
        **all_or_broken(request),
    }
    if "by" in request.GET:
        shown = urlencode({"by": by_asked(request), "month": f"{day:%Y-%m}"})
        context["kept_url"] = f"{reverse('handoff:kept')}?{shown}"
    return render(request, "handoff/behind.html", context)


def all_or_broken(request: HtmxRequest) -> dict[str, Any]:
    """Which of both lists is shown, and where either of what is asked for stands."""
    names = ("by", "group", "month", "sdr")
    asked = {name: request.GET[name] for name in names if name in request.GET}
    return {
        "is_broken": "broken" in request.GET,
        "all_url": f"?{urlencode(asked)}",
        "broken_url": f"?{urlencode({**asked, 'broken': '1'})}",
    }


def counted_behind(
    request: HtmxRequest,
    promise: Promise,
    *,
    day: date,
    is_broken: bool,
    kind: Kind = Kind.MARKETING,
) -> QuerySet[Handoff]:
    asked: dict[str, Any] = {"user": user_of(request), "day": day, "kind": kind}
    asked |= {"at": timezone.now(), "is_broken": is_broken}
    if "by" not in request.GET:
        return behind(promise, **asked)
    by, group = by_asked(request), request.GET.get("group", "")
    if by in OWING and group:
        _check_key(group)
    return behind_group(promise, by=by, group=group, **asked)


def _check_key(group: str) -> None:
    try:
        UUID(group)
    except ValueError as no:
        raise Http404 from no


def month_asked(request: HtmxRequest) -> date:
    """``?month=2026-03``, else the present one; also for years that no calendar goes on from."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = timezone.localdate()
    return month if 1970 <= month.year < 2200 else timezone.localdate()
