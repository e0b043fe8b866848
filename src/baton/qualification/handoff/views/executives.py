"""The agreement between who qualifies and who closes: its terms, how both keep it, and signing."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions.agreements import FIRST_OF_EXECUTIVES
from baton.qualification.handoff.behind import listed
from baton.qualification.handoff.forms import ExecutivesForm, terms_typed
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.models.handoffs import HandoffQuerySet
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.promises import behind_url, promises_kept
from baton.qualification.handoff.queries import agreement_in_force, agreement_to_amend
from baton.qualification.handoff.queries.agreements import coming_agreement, draft_agreement
from baton.qualification.handoff.queries.attainment import Promise, attainment, behind
from baton.qualification.handoff.queries.executives import (
    RETURNED,
    handed_on_in,
    qualifiers,
    returns_in,
)
from baton.qualification.handoff.rules import RETURN, Kind
from baton.qualification.handoff.terms import executives_changes, rungs
from baton.qualification.handoff.views.agreeing import open_sides
from baton.qualification.handoff.views.keeping import TITLES, month_asked
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.words import reason_label

RETURNS = "returned"  # a list of its own: what was turned down


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def agreement(request: HtmxRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    in_force, draft = agreement_in_force(Kind.EXECUTIVE), draft_agreement(Kind.EXECUTIVE)
    coming = coming_agreement(Kind.EXECUTIVE)
    today = timezone.localtime(now).date()
    context: dict[str, Any] = {
        "agreement": in_force,
        "draft": draft,
        "coming": coming,
        "changes": executives_changes(coming or in_force, draft),
        "may_manage": user.may(MANAGE_HANDOFFS),
        "signs": open_sides(draft, role=user.role),
        "versions": Agreement.objects.visible_to(user)
        .of_kind(Kind.EXECUTIVE)
        .select_related("signed_for_marketing_by", "signed_for_sales_by")
        .order_by("-version")[:20],
    }
    if in_force:
        context |= _kept(in_force, user=user, today=today)
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
    return f"{reverse('handoff:executives-behind', args=[RETURNS])}?reason={code}"


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def handed_on_behind(request: HtmxRequest, promise: str) -> HttpResponse:
    """What a figure counts: of all SDRs, or with ``?sdr`` of one."""
    if promise != RETURNS and promise not in set(Promise):
        raise Http404
    user, day = user_of(request), month_asked(request)
    is_broken = "broken" in request.GET
    rows = _behind(request, promise, day=day, is_broken=is_broken)
    context: dict[str, Any] = {
        "title": _("Turned down") if promise == RETURNS else TITLES[Promise(promise)],
        "period": date_format(day, "F Y"),
        **listed(rows, user=user),
        "is_broken": is_broken,
        "promise": "" if promise == RETURNS else promise,
        "all_url": f"?month={day:%Y-%m}",
        "broken_url": f"?month={day:%Y-%m}&broken=1",
        "executives_url": reverse("handoff:executives"),
    }
    if promise == Promise.MQLS:
        context["title"] = _("Handed on")
    return render(request, "handoff/behind.html", context)


def _behind(request: HtmxRequest, promise: str, *, day: date, is_broken: bool) -> HandoffQuerySet:
    user = user_of(request)
    rows = handed_on_in(day, user=user, sdr=_sdr(request))
    if promise == RETURNS:
        reason = request.GET.get("reason", "")
        return rows.filter(RETURNED, **({"verdict": reason} if reason else {}))
    counted = behind(
        Promise(promise),
        user=user,
        day=day,
        is_broken=is_broken,
        at=timezone.now(),
        kind=Kind.EXECUTIVE,
    )
    return rows.filter(pk__in=counted.order_by().values("pk"))


def _sdr(request: HtmxRequest) -> UUID | None:
    asked = request.GET.get("sdr", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as no:
        raise Http404 from no


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def amend(request: HtmxRequest) -> HttpResponse:
    """The first version, another one, or the draft that nobody has signed yet."""
    base = agreement_to_amend(Kind.EXECUTIVE)
    shown = terms_typed(base) if base else _first()
    form = ExecutivesForm(request.POST or None, initial=shown)
    is_sent = request.method == "POST"
    if is_sent and form.is_valid() and _proposed(request, form):
        return go(request, reverse("handoff:executives"))
    context = {"form": form, "read": base.digest() if base else "", "is_first": base is None}
    return render(request, "handoff/executives_amend.html", context, status=422 if is_sent else 200)


def _first() -> dict[str, Any]:
    """What is proposed where nothing was agreed yet: on."""
    names = [name for name in ExecutivesForm.base_fields if name != "pool"]
    reasons = [reason.code for reason in RETURN]
    return {name: FIRST_OF_EXECUTIVES[name] for name in names} | {"return_reasons": reasons}


def _proposed(request: HtmxRequest, form: ExecutivesForm) -> bool:
    """Whether the draft stands; else the form says why it does not."""
    try:
        draft = actions.amend_agreement(
            values=form.values(),
            read=request.POST.get("read", ""),
            by=user_of(request),
            at=timezone.now(),
            kind=Kind.EXECUTIVE,
        )
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    said = _("Version %(number)d waits for both signatures.") % {"number": draft.version}
    say(request, said)
    return True
