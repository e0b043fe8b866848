"""What the pages of all kinds of agreement share: what stands, signatures, versions, proposing."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.qualification.handoff import actions
from baton.qualification.handoff.effects import shown_effects
from baton.qualification.handoff.forms import (
    AgreementForm,
    ExecutivesForm,
    OwnersForm,
    owners_typed,
    terms_typed,
)
from baton.qualification.handoff.kinds import page_url, part_url, tabs
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.permissions import MANAGE_HANDOFFS, VIEW_HANDOFFS
from baton.qualification.handoff.queries import (
    agreement_in_force,
    agreement_to_amend,
    coming_agreement,
    draft_agreement,
    signing_sides,
    versions_of,
)
from baton.qualification.handoff.queries.measured import measured_terms
from baton.qualification.handoff.rules import RETURN, Kind, first_terms
from baton.qualification.handoff.terms import changes, lines_read, term_lines
from baton.qualification.handoff.views.loading import on_their_clock
from baton.qualification.handoff.views.measured import measured_lines, proposed_by, with_numbers
from baton.qualification.handoff.words import KINDS, SIDES, SIGN_FOR


def standing(kind: Kind, *, user: User, now: datetime) -> dict[str, Any]:
    """Of one kind what is in force, what comes, and what is talked about."""
    in_force, draft = agreement_in_force(kind), draft_agreement(kind)
    coming, may_manage = coming_agreement(kind), user.may(MANAGE_HANDOFFS)
    base = coming or in_force
    return {
        "kind": kind,
        "tabs": tabs(kind),
        "amend_url": part_url(kind, "amend"),
        "agreement": in_force,
        "draft": draft,
        "coming": coming,
        "changes": changes(base, draft),
        "first_terms": term_lines(draft) if draft and base is None else [],
        "effects": shown_effects(base, draft, user=user, at=now) if may_manage else [],
        "may_manage": may_manage,
        "signed": _signed(draft) if draft else [],
        "signs": open_sides(draft, user=user),
        "sign_url": part_url(kind, "sign", draft.version) if draft else "",
        "versions": [
            (one, _signed(one), part_url(kind, "version", one.version))
            for one in versions_of(kind, user=user)[:20]
        ],
    }


def _signed(agreement: Agreement) -> list[tuple[Any, str]]:
    return [(SIDES[side], who.name) for side, who in agreement.signatures()]


def open_sides(draft: Agreement | None, *, user: User) -> list[tuple[str, Any]]:
    """The sides for which the user may sign the draft now."""
    if draft is None:
        return []
    signed, able = draft.signed_sides(), signing_sides(user, kind=draft.kind)
    return [(side.value, SIGN_FOR[side]) for side in able if side not in signed]


@requires(VIEW_HANDOFFS)
@require_GET
@on_their_clock
def read_version(request: HtmxRequest, version: int, kind: Kind = Kind.MARKETING) -> HttpResponse:
    """All terms of one version, who signed it, and what it changed."""
    rows = versions_of(kind, user=user_of(request))
    found = get_object_or_404(rows, version=version)
    before = rows.filter(version__lt=version).first()
    context = {
        "tabs": tabs(kind),
        "kind_label": KINDS[kind],
        "page_url": page_url(kind),
        "version": found,
        "signed": [
            (SIDES[side], who.name, getattr(found, f"signed_for_{side}_at"))
            for side, who in found.signatures()
        ],
        "lines": lines_read(found),
        "before": before,
        "changes": changes(before, found),
    }
    return render(request, "handoff/version.html", context)


@requires(MANAGE_HANDOFFS)
@require_http_methods(["GET", "POST"])
@on_their_clock
def amend(request: HtmxRequest, kind: Kind) -> HttpResponse:
    """Of the second and third kind: the first version, another one, or the unsigned draft."""
    base = agreement_to_amend(kind)
    form = _form(kind, request.POST or None, base=base)
    measured = measured_terms(at=timezone.now(), kind=kind)
    is_asking = "measure" in request.POST
    if is_asking:
        form = _form(kind, with_numbers(request.POST, proposed_by(measured)), base=base)
    is_sent = request.method == "POST" and not is_asking
    if is_sent and form.is_valid() and proposed(request, form, kind=kind):
        return go(request, page_url(kind))
    context = {
        "form": form,
        "read": base.digest() if base else "",
        "is_first": base is None,
        "measured": measured_lines(form, measured),
        "page_url": page_url(kind),
    }
    page = "owners_amend" if kind == Kind.OWNER else "executives_amend"
    return render(request, f"handoff/{page}.html", context, status=422 if is_sent else 200)


def proposed(
    request: HtmxRequest, form: AgreementForm | ExecutivesForm | OwnersForm, *, kind: Kind
) -> bool:
    """Whether the draft stands; else the form says why it does not."""
    try:
        draft = actions.amend_agreement(
            values=form.values(),
            read=request.POST.get("read", ""),
            by=user_of(request),
            at=timezone.now(),
            kind=kind,
        )
    except RuleViolation as no:
        form.add_error(None, str(no))
        return False
    said = _("Version %(number)d waits for both signatures.") % {"number": draft.version}
    say(request, said)
    return True


def _form(kind: Kind, data: Any, *, base: Agreement | None) -> ExecutivesForm | OwnersForm:
    """The form of the second or the third kind, with what was agreed last, or as it begins."""
    if kind == Kind.OWNER:
        return OwnersForm(data, initial=owners_typed(base) if base else _first(kind, OwnersForm))
    return ExecutivesForm(data, initial=terms_typed(base) if base else _first(kind, ExecutivesForm))


def _first(kind: str, form: type[ExecutivesForm | OwnersForm]) -> dict[str, Any]:
    usual = first_terms(kind)
    reasons = [reason.code for reason in RETURN]
    shown = {name: usual[name] for name in form.base_fields if name in usual}
    return shown | {"return_reasons": reasons}
