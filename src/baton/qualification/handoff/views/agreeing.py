"""The agreement: both sides' promises, how they are kept, drafts and signatures."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.marketing.capture.models import Form
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import AgreementForm
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.promises import behind_url, promises_kept
from baton.qualification.handoff.queries import (
    agreement_in_force,
    agreement_to_amend,
    coming_agreement,
    draft_agreement,
)
from baton.qualification.handoff.queries.attainment import Promise, attainment, behind
from baton.qualification.handoff.queries.goals import what_it_takes
from baton.qualification.handoff.rules import Goal, Side, sides_of
from baton.qualification.handoff.takes import TakesShown, shown
from baton.qualification.handoff.terms import changes, own_rests, rungs
from baton.qualification.handoff.views.loading import on_their_clock, user_of


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def agreement(request: HtmxRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    in_force, coming, draft = agreement_in_force(), coming_agreement(), draft_agreement()
    today = timezone.localtime(now).date()
    found = attainment(user=user, agreement=in_force, day=today, at=now)
    context: dict[str, Any] = {
        "agreement": in_force,
        "draft": draft,
        "coming": coming,
        "changes": changes(coming or in_force, draft),
        "found": found,
        "lines": promises_kept(found, in_force) if in_force else [],
        "raising": _raising(in_force) if in_force else [],
        "rests": own_rests(in_force) if in_force else [],
        "rungs": rungs(in_force) if in_force else [],
        "takes": _takes(in_force.goal()) if in_force else None,
        "mqls_url": behind_url(Promise.MQLS),
        "may_manage": user.may(MANAGE_HANDOFFS),
        "signs": _open_sides(draft, role=user.role),
        "versions": Agreement.objects.visible_to(user)
        .select_related("signed_for_marketing_by", "signed_for_sales_by")
        .order_by("-version")[:20],
    }
    return render(request, "handoff/agreement.html", context)


def _raising(agreement: Agreement) -> list[str]:
    """What the forms that raise a hand are called; one that is gone keeps its code."""
    codes = agreement.hand_raise_forms
    names = dict(Form.objects.living().filter(code__in=codes).values_list("code", "name"))
    return [names.get(code, code) for code in codes]


def _open_sides(draft: Agreement | None, *, role: str) -> list[tuple[str, str]]:
    """The sides for which the user may sign the draft now."""
    names = {Side.MARKETING: _("Sign for marketing"), Side.SALES: _("Sign for sales")}
    signed = draft.signed_sides() if draft else list(Side)
    return [(side.value, names[side]) for side in sides_of(role) if side not in signed]


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def amend(request: HtmxRequest) -> HttpResponse:
    """A new version, or the draft that nobody has signed yet."""
    user = user_of(request)
    base = agreement_to_amend()
    form = AgreementForm(request.POST or None, agreement=base, proposed=request.GET)
    is_asking = "calculate" in request.POST
    takes = _takes(form.goal())
    if is_asking and takes:
        form = _filled_in(request, takes, agreement=base)
    if request.method == "POST" and not is_asking and form.is_valid():
        try:
            draft = actions.amend_agreement(
                values=form.values(),
                read=request.POST.get("read", ""),
                by=user,
                at=timezone.now(),
            )
        except RuleViolation as no:
            form.add_error(None, str(no))
        else:
            say(
                request,
                _("Version %(number)d waits for both signatures.") % {"number": draft.version},
            )
            return go(request, reverse("handoff:agreement"))
    status = 422 if request.method == "POST" and not is_asking else 200
    context = {"form": form, "read": base.digest() if base else "", "takes": takes}
    return render(request, "handoff/amend.html", context, status=status)


def _takes(goal: Goal | None) -> TakesShown | None:
    return shown(what_it_takes(goal, at=timezone.now())) if goal else None


def _filled_in(
    request: HtmxRequest, takes: TakesShown, *, agreement: Agreement | None
) -> AgreementForm:
    """The form as it was typed, with the MQLs that the goal takes."""
    typed = request.POST.copy()
    if takes.mqls:
        typed["mqls_a_month"] = str(takes.mqls)
    return AgreementForm(typed, agreement=agreement)


@requires(MANAGE_HANDOFFS)
@require_POST
@on_their_clock
def sign(request: HtmxRequest, version: int) -> HttpResponse:
    user = user_of(request)
    draft = get_object_or_404(Agreement.objects.visible_to(user), version=version)
    try:
        signed = actions.sign_agreement(
            agreement=draft,
            side=request.POST.get("side", ""),
            read=request.POST.get("read", ""),
            by=user,
            at=timezone.now(),
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        say(request, _said(signed, at=timezone.now()))
    return go(request, reverse("handoff:agreement"))


def _said(signed: Agreement, *, at: datetime) -> str:
    if signed.valid_from is None:
        return _("Signed. The other side is next.")
    if signed.valid_from <= at:
        return _("In force from now on.")
    day = date_format(timezone.localtime(signed.valid_from), "j F")
    return _("Signed by both: in force from %(day)s.") % {"day": day}


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def handoffs_behind(request: HtmxRequest, promise: str) -> HttpResponse:
    """The handoffs that a figure of the agreement counts."""
    if promise not in set(Promise):
        raise Http404
    user, now = user_of(request), timezone.now()
    is_broken = "broken" in request.GET
    rows = behind(Promise(promise), user=user, day=_month(request), is_broken=is_broken, at=now)
    titles = {
        Promise.MQLS: _("MQLs handed over this month"),
        Promise.ACCEPT: _("Accepted or rejected"),
        Promise.RESPOND: _("First response"),
        Promise.ATTEMPTS: _("Attempts"),
        Promise.VERDICT: _("Verdicts"),
    }
    context = {
        "title": titles[Promise(promise)],
        "period": _("This month"),
        "handoffs": rows[:500],
        "count": rows.count(),
        "is_broken": is_broken,
        "promise": promise,
    }
    return render(request, "handoff/behind.html", context)


def _month(request: HtmxRequest) -> date:
    """``?month=2026-03``, else the present one; also for years that no calendar goes on from."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate()
    return month if 1970 <= month.year < 2200 else timezone.localdate()
