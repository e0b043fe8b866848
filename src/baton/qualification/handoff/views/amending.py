"""Propose other terms, and sign them."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.forms import AgreementForm
from baton.qualification.handoff.kinds import page_url
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import agreement_to_amend, signing_sides
from baton.qualification.handoff.queries.measured import Term, measured_terms
from baton.qualification.handoff.rules import Kind
from baton.qualification.handoff.takes import TakesShown, takes_of
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.views.measured import measured_lines, proposed_by, with_numbers
from baton.qualification.handoff.views.standing import proposed


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def amend(request: HtmxRequest) -> HttpResponse:
    """A new version, or the draft that nobody has signed yet."""
    base = agreement_to_amend()
    form = AgreementForm(request.POST or None, agreement=base, proposed=request.GET)
    is_asking = bool({"calculate", "measure"} & set(request.POST))
    is_sent = request.method == "POST" and not is_asking
    if is_sent and form.is_valid() and proposed(request, form, kind=Kind.MARKETING):
        return go(request, reverse("handoff:agreement"))
    takes, measured = takes_of(form.goal()), measured_terms(at=timezone.now())
    if is_asking:
        form = _filled_in(request, _proposals(request, takes, measured), agreement=base)
    context = {
        "form": form,
        "read": base.digest() if base else "",
        "takes": takes,
        "measured": measured_lines(form, measured),
    }
    return render(request, "handoff/amend.html", context, status=422 if is_sent else 200)


def _proposals(
    request: HtmxRequest, takes: TakesShown | None, measured: list[Term]
) -> dict[str, int]:
    """What the button that was pressed fills in."""
    if "measure" in request.POST:
        return proposed_by(measured)
    return {"mqls_a_month": takes.mqls} if takes and takes.mqls else {}


def _filled_in(
    request: HtmxRequest, numbers: dict[str, int], *, agreement: Agreement | None
) -> AgreementForm:
    """The form as it was typed, with these numbers in it."""
    return AgreementForm(with_numbers(request.POST, numbers), agreement=agreement)


@requires(VIEW_HANDOFFS)
@require_POST
@on_their_clock
def sign(request: HtmxRequest, version: int, kind: str = Kind.MARKETING) -> HttpResponse:
    """By who speaks for a side: who leads customer owners may manage nothing else here."""
    user = user_of(request)
    if not signing_sides(user, kind=kind):
        raise PermissionDenied
    seen = Agreement.objects.visible_to(user).of_kind(kind)
    draft = get_object_or_404(seen, version=version)
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
    return go(request, page_url(kind))


def _said(signed: Agreement, *, at: datetime) -> str:
    if signed.valid_from is None:
        return _("Signed. The other side is next.")
    if signed.valid_from <= at:
        return _("In force from now on.")
    day = date_format(timezone.localtime(signed.valid_from), "j F")
    return _("Signed by both: in force from %(day)s.") % {"day": day}
