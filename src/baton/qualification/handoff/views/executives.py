"""The agreement between who qualifies and who closes: its terms, how both keep it, and signing."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.offers import Label
from baton.core.ui.htmx import HtmxRequest
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.permissions import VIEW_HANDOFFS
from baton.qualification.handoff.promises import behind_url, promises_kept
from baton.qualification.handoff.queries.attainment import Promise, attainment
from baton.qualification.handoff.queries.executives import (
    ANSWERED,
    CLOSED,
    RETURNED,
    handed_on_in,
    qualifiers,
    returns_in,
)
from baton.qualification.handoff.rules import RETURN, Kind
from baton.qualification.handoff.terms import rungs
from baton.qualification.handoff.views.keeping import (
    TITLES,
    all_or_broken,
    counted_behind,
    month_asked,
)
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.views.standing import standing
from baton.qualification.handoff.words import reason_label

# Lists of their own beside those of the promises.
LISTS: Mapping[str, tuple[Label, Q]] = {
    "returned": (gettext_lazy("Turned down"), RETURNED),
    "sound": (gettext_lazy("Answered and not turned down"), ANSWERED & ~RETURNED),
    "deals": (gettext_lazy("Became a deal"), CLOSED),
}


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def agreement(request: HtmxRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    context = standing(Kind.EXECUTIVE, user=user, now=now)
    in_force = context["agreement"]
    if in_force:
        context |= _kept(in_force, user=user, today=timezone.localtime(now).date())
    return render(request, "handoff/executives.html", context)


def _kept(in_force: Agreement, *, user: User, today: date) -> dict[str, Any]:
    """Both sides, this month."""
    found = attainment(user=user, agreement=in_force, day=today, at=timezone.now())
    reasons = in_force.return_reasons or [reason.code for reason in RETURN]
    return {
        "found": found,
        "lines": promises_kept(found, in_force),
        "handed_url": behind_url(Promise.MQLS, kind=Kind.EXECUTIVE),
        "qualifiers": qualifiers(user=user, day=today),
        "returns": [
            (reason_label(code), count, _returned_url(code))
            for code, count in returns_in(today, user=user)
        ],
        "reasons": [reason_label(code) for code in reasons],
        "rungs": rungs(in_force),
    }


def _returned_url(code: str) -> str:
    return f"{reverse('handoff:executives-behind', args=['returned'])}?reason={code}"


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def handed_on_behind(request: HtmxRequest, promise: str) -> HttpResponse:
    """What a figure counts: of all SDRs, or with ``?sdr`` of one."""
    if promise not in {*LISTS, *Promise}:
        raise Http404
    user, day = user_of(request), month_asked(request)
    rows = _behind(request, promise, day=day, is_broken="broken" in request.GET)
    context: dict[str, Any] = {
        "title": LISTS[promise][0] if promise in LISTS else TITLES[Promise(promise)],
        "period": date_format(day, "F Y"),
        **listed(rows, user=user),
        "promise": "" if promise in LISTS else promise,
        **all_or_broken(request),
        "executives_url": reverse("handoff:executives"),
    }
    if promise == Promise.MQLS:
        context["title"] = _("Handed on")
    return render(request, "handoff/behind.html", context)


def _behind(request: HtmxRequest, promise: str, *, day: date, is_broken: bool) -> HandoffQuerySet:
    user = user_of(request)
    rows = handed_on_in(day, user=user, sdr=_sdr(request))
    if promise in LISTS:
        reason = request.GET.get("reason", "")
        return rows.filter(LISTS[promise][1], **({"verdict": reason} if reason else {}))
    counted = counted_behind(
        request, Promise(promise), day=day, is_broken=is_broken, kind=Kind.EXECUTIVE
    )
    return rows.filter(pk__in=counted.order_by().values("pk"))


def _sdr(request: HtmxRequest) -> UUID | None:
    asked = request.GET.get("sdr", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as no:
        raise Http404 from no
