"""The forms before Won and Lost, and a closed deal opened again."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.sales.deals import actions
from baton.sales.deals.forms import LoseForm, WinForm, ask_too
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import closing_stage, gaps_of, lines_of, rivals, total_of
from baton.sales.deals.rules import LostReason, StageKind
from baton.sales.deals.views.loading import deal_or_404
from baton.sales.deals.views.redrawing import board_asked, columns_and_panel
from baton.sales.deals.words import LOST_REASONS, WON_REASONS


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def win(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The signed amount and why they bought."""
    return _close(request, deal_or_404(request, key), kind=StageKind.WON)


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def lose(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Why it was lost, to whom, over what."""
    return _close(request, deal_or_404(request, key), kind=StageKind.LOST)


@requires(EDIT_DEALS)
@require_POST
def reopen(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Back to the stage where it was before it closed."""
    deal = deal_or_404(request, key)
    batch = new_key()
    try:
        actions.reopen_deal(deal=deal, by=user_of(request), at=timezone.now(), batch=batch)
    except RuleViolation as refusal:
        say(request, str(refusal))
    else:
        say(request, _("Open again."), undo_url=reverse("deals:undo", args=[batch]))
    return go(request, deal.get_absolute_url())


def closing_url(deal: Deal, *, kind: StageKind) -> str:
    """Where the form of Won or Lost stands."""
    return reverse("deals:win" if kind is StageKind.WON else "deals:lose", args=[deal.key])


def show_closing_form(request: HtmxRequest, deal: Deal, *, kind: StageKind) -> HttpResponse:
    """On a board: the form in the dialog. Elsewhere its page."""
    if not request.htmx:
        return go(request, closing_url(deal, kind=kind))
    return _form_page(request, deal, form=_form(request, deal, kind=kind), kind=kind, is_asked=True)


def _close(request: HtmxRequest, deal: Deal, *, kind: StageKind) -> HttpResponse:
    if request.method == "GET":
        return _form_page(request, deal, form=_form(request, deal, kind=kind), kind=kind)
    form = _form(request, deal, kind=kind, data=request.POST)
    batch = new_key()
    if not form.is_valid() or not _save(request, deal, form=form, kind=kind, batch=batch):
        return _form_page(request, deal, form=form, kind=kind, status=422)
    words = _("Won. Well done.") if kind is StageKind.WON else _("Lost, and why is kept.")
    say(request, words, undo_url=reverse("deals:undo", args=[batch]))
    board = board_asked(request)
    if board is not None:
        return columns_and_panel(request, board, live=words, is_aside=True)
    return go(request, _back(request, deal))


def _form(
    request: HtmxRequest, deal: Deal, *, kind: StageKind, data: Any = None
) -> WinForm | LoseForm:
    """With what the stage asks for and the deal lacks."""
    user = user_of(request)
    form: WinForm | LoseForm = (
        LoseForm(data, deal=deal, user=user)
        if kind is StageKind.LOST
        else WinForm(data, deal=deal, user=user, is_amount_free=total_of(lines_of(deal)) is None)
    )
    stage = closing_stage(deal, kind=kind)
    gaps = gaps_of(deal, stage) if stage else []
    form.asked = ask_too(form, gaps, deal=deal, user=user)
    return form


def _save(
    request: HtmxRequest, deal: Deal, *, form: WinForm | LoseForm, kind: StageKind, batch: UUID
) -> bool:
    """False when the rules said no: the form then says why."""
    values = {name: value for name, value in form.rest_said().items() if value is not None}
    values["custom"] = form.own_said()
    if "amount" in form.fields and form.fields["amount"].disabled:
        values.pop("amount", None)
    act = actions.win_deal if kind is StageKind.WON else actions.lose_deal
    try:
        act(deal=deal, by=user_of(request), at=timezone.now(), batch=batch, **values)
    except RuleViolation as refusal:
        known: list[str | None] = [name for name in refusal.fields if name in form.fields]
        for name in known or [None]:
            form.add_error(name, str(refusal))
    else:
        return True
    return False


def _form_page(
    request: HtmxRequest,
    deal: Deal,
    *,
    form: WinForm | LoseForm,
    kind: StageKind,
    is_asked: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form on a page or in the dialog; ``is_asked`` when the dialog is not the target."""
    is_won = kind is StageKind.WON
    reasons = WON_REASONS if is_won else LOST_REASONS
    context = {
        "deal": deal,
        "form": form,
        "asked": [form[name] for name in form.asked],
        "is_won": is_won,
        "url": closing_url(deal, kind=kind),
        "back": _back(request, deal),
        "reasons": [pair for pair in reasons.items() if pair[0] != LostReason.UNKNOWN],
        "chosen": form["reason"].value() or deal.reason,
        "rivals": rivals(user_of(request)),
    }
    partial = "#ask" if is_asked else "#dialog"
    template = f"deals/close.html{partial if request.htmx else ''}"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _back(request: HtmxRequest, deal: Deal) -> str:
    """Where the form was opened: the board or list, else the deal itself."""
    asked = request.POST.get("back", "") or (request.htmx.current_url_abs_path or "")
    board = reverse("deals:deals")
    is_ours = asked == board or asked.startswith(f"{board}?")
    return asked if is_ours else deal.get_absolute_url()
