"""How the agreement after the win is kept: by owner, team and seller, and what is behind."""

from collections.abc import Mapping
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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.ui.htmx import HtmxRequest
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS
from baton.qualification.handoff.queries import (
    agreement_in_force,
    coming_agreement,
    draft_agreement,
)
from baton.qualification.handoff.queries.attainment import months_before
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.slots import PromiseShown
from baton.sales.customers.kept import EFFECTS, TITLES, behind_url
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import VIEW_CUSTOMERS
from baton.sales.customers.queries.effects import OF_TODAY, Effect, effects
from baton.sales.customers.queries.kept import PROMISES, By, Keeping, Owed, kept_by
from baton.sales.customers.queries.kept import behind as rows_behind
from baton.sales.customers.views.loading import today

MOST = 500
BYS = {
    By.OWNER: gettext_lazy("Owner"),
    By.TEAM: gettext_lazy("Team"),
    By.SELLER: gettext_lazy("Seller"),
}
NONE = {
    By.OWNER: gettext_lazy("Nobody"),
    By.TEAM: gettext_lazy("No team"),
    By.SELLER: gettext_lazy("Nobody"),
}


@requires(VIEW_CUSTOMERS)
@require_GET
def kept(request: HtmxRequest) -> HttpResponse:
    """The promises of a month, by who owes them."""
    user, day, by = user_of(request), _month(request), _by(request) or By.OWNER
    asked = {"by": by.value, "month": f"{day:%Y-%m}"}
    following = months_before(day, count=-1)
    context = {
        "by": by,
        "title_of_group": BYS[by],
        "handed_label": TITLES[Owed.HANDED],
        "bys": [(one.value, label, one == by) for one, label in BYS.items()],
        "columns": [TITLES[one] for one in PROMISES],
        "rows": [
            _row(one, asked=asked, none=str(NONE[by]))
            for one in kept_by(by, user=user, day=day, at=timezone.now())
        ],
        "month": asked["month"],
        "period": date_format(day, "F Y"),
        "before": f"{months_before(day, count=1):%Y-%m}",
        "after": f"{following:%Y-%m}" if following <= today() else "",
        "agreement_url": reverse("handoff:owners"),
    }
    return render(request, "handoff/kept.html", context)


def _row(found: Keeping, *, asked: Mapping[str, str], none: str) -> dict[str, Any]:
    meant = {**asked, "group": found.group}

    def url(promise: Owed, **more: str) -> str:
        return f"{behind_url(promise)}?{urlencode({**meant, **more})}"

    return {
        "name": found.name or none,
        "handed": found.handed,
        "url": url(Owed.HANDED),
        "cells": [
            PromiseShown(kept=found.of(one), url=url(one), broken_url=url(one, broken="1"))
            for one in PROMISES
        ],
    }


@requires(VIEW_CUSTOMERS)
@require_GET
def behind(request: HtmxRequest, promise: str) -> HttpResponse:
    """What a figure counts: of the whole month, or with ``?by=…&group=…`` of one."""
    if promise not in set(Owed):
        raise Http404
    day, by, is_broken = _month(request), _by(request), "broken" in request.GET
    rows = rows_behind(
        Owed(promise),
        user=user_of(request),
        day=day,
        at=timezone.now(),
        is_broken=is_broken,
        by=by,
        group=_group(request) if by else "",
    )
    kept_params = {
        name: request.GET[name] for name in ("by", "group", "month") if name in request.GET
    }
    back = reverse("customers:kept")
    context = {
        "title": TITLES[Owed(promise)],
        "period": date_format(day, "F Y"),
        "is_promise": promise != Owed.HANDED,
        "is_broken": is_broken,
        "all_url": f"?{urlencode(kept_params)}",
        "broken_url": f"?{urlencode({**kept_params, 'broken': '1'})}",
        "back_url": f"{back}?{urlencode({'by': by, 'month': f'{day:%Y-%m}'})}" if by else back,
    }
    if promise == Owed.STEPS:
        context |= {"steps": rows.order_by("due_on", "pk")[:MOST], "count": rows.count()}
    else:
        context |= _customers(rows)
    return render(request, "customers/behind.html", context)


def _customers(rows: QuerySet[Customer]) -> dict[str, Any]:
    return {"customers": rows.order_by("-started_at", "-pk")[:MOST], "count": rows.count()}


@requires(MANAGE_HANDOFFS)
@require_GET
def effect_behind(request: HtmxRequest, effect: str) -> HttpResponse:
    """The customers whom a figure of the draft's effect counts: under the terms of now, or with
    ``?then`` under those of the draft."""
    user, draft = user_of(request), draft_agreement(Kind.OWNER)
    base = coming_agreement(Kind.OWNER) or agreement_in_force(Kind.OWNER)
    if effect not in set(Effect) or base is None or draft is None:
        raise Http404
    asked = Effect(effect)
    told = effects(now=base, then=draft, user=user, at=timezone.now(), wanted=[asked])
    if not told:
        raise Http404
    ids = told[0].then if "then" in request.GET else told[0].now
    rows = Customer.objects.visible_to(user).filter(pk__in=ids)
    context = {
        "title": EFFECTS[asked],
        "period": _("Today") if asked in OF_TODAY else _("Last 90 days"),
        "back_url": reverse("handoff:owners"),
        **_customers(rows.select_related("company", "person", "owner", "seller")),
    }
    return render(request, "customers/behind.html", context)


def _by(request: HtmxRequest) -> By | None:
    wanted = request.GET.get("by", "")
    return By(wanted) if wanted in set(By) else None


def _group(request: HtmxRequest) -> str:
    """A key, or "" for nobody."""
    asked = request.GET.get("group", "")
    try:
        return str(UUID(asked)) if asked else ""
    except ValueError as no:
        raise Http404 from no


def _month(request: HtmxRequest) -> date:
    """``?month=2026-03``, else the present one; also for years that no calendar goes on from."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = today()
    return month if 1970 <= month.year < 2200 else today()
