"""Cards from column to column, and what was done taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.actions import undo
from baton.core.changes.models import Change
from baton.core.changes.queries import may_undo
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.ui.back import back_of
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.core.ui.shapes import Board, BoardColumn
from baton.sales.deals import actions
from baton.sales.deals.forms import GateForm
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.permissions import EDIT_DEALS
from baton.sales.deals.queries import gaps_of, stage_with_key, stages_of
from baton.sales.deals.rules import StageKind
from baton.sales.deals.views.cards import board_url, buyer_of
from baton.sales.deals.views.closing import show_closing_form
from baton.sales.deals.views.gates import show_gate
from baton.sales.deals.views.loading import deal_or_404, version_of
from baton.sales.deals.views.redrawing import board_asked, columns_and_panel

REFUSED = 409  # the screen puts the card back and shows why


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def move(request: HtmxRequest, key: UUID) -> HttpResponse:
    """POST ``stage``: to that column, or its form first; GET: the choice as a page."""
    deal = deal_or_404(request, key)
    if request.method == "GET":
        return _move_page(request, deal)
    stage = stage_with_key(request.POST.get("stage", ""))
    if stage is None:
        return _refuse(request, deal, _("Choose one of the stages."))
    if stage.kind != StageKind.OPEN and stage.pk != deal.stage_id:
        return show_closing_form(request, deal, kind=StageKind(stage.kind))
    gaps = gaps_of(deal, stage) if _is_to_enter(deal, stage) else []
    if gaps or "asked" in request.POST:
        return _ask(request, deal, stage=stage, gaps=gaps)
    try:
        words = _move(request, deal, stage=stage)
    except RuleViolation as refusal:
        return _refuse(request, deal, str(refusal))
    return _board_or_page(request, deal, live=words)


def _is_to_enter(deal: Deal, stage: Stage) -> bool:
    """What cannot go there at all is told so, before it is asked for anything."""
    is_near = stage.deleted_at is None and stage.pipeline_id == deal.stage.pipeline_id
    return is_near and deal.state == StageKind.OPEN and stage.pk != deal.stage_id


def _move(
    request: HtmxRequest, deal: Deal, *, stage: Stage, values: Mapping[str, Any] | None = None
) -> str:
    """Says what was done, with its undo."""
    batch = new_key()
    act: dict[str, Any] = {"deal": deal, "stage": stage, "by": user_of(request), "batch": batch}
    if deal.state == StageKind.OPEN:
        version = version_of(request)
        actions.move_deal(**act, at=timezone.now(), version=version, values=values)
    elif stage.kind == StageKind.OPEN:
        actions.reopen_deal(**act, at=timezone.now())
    words = _("“%(deal)s” is in %(stage)s now.") % {"deal": buyer_of(deal), "stage": stage.name}
    say(request, words, undo_url=reverse("deals:undo", args=[batch]))
    return words


def _ask(request: HtmxRequest, deal: Deal, *, stage: Stage, gaps: list[str]) -> HttpResponse:
    """The stage's form: only what the deal lacks; then the move with it."""
    is_sent = "asked" in request.POST
    data = request.POST if is_sent else None
    form = GateForm(data, deal=deal, user=user_of(request), stage=stage, names=gaps)
    words = _moved_with(request, deal, stage=stage, form=form) if is_sent else ""
    if not words:
        return show_gate(request, deal, form=form, stage=stage, gaps=gaps)
    board = board_asked(request)
    if board is not None:
        return columns_and_panel(request, board, live=words, is_aside=True, moved=deal)
    return _board_or_page(request, deal, live=words)


def _moved_with(request: HtmxRequest, deal: Deal, *, stage: Stage, form: GateForm) -> str:
    """What is said of the move; "" when it was refused, and the form says why."""
    if not form.is_valid():
        return ""
    try:
        return _move(request, deal, stage=stage, values=form.values())
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return ""


@requires(EDIT_DEALS)
@require_POST
def take_back(request: HtmxRequest, batch: UUID) -> HttpResponse:
    """Undo one's own act on deals; anything else is not there."""
    if not may_undo(batch=batch, user=user_of(request)):
        raise Http404
    changes = Change.objects.filter(batch=batch, object_type="deal").values("object_id")
    reached = Deal.objects.visible_to(user_of(request), EDIT_DEALS).filter(pk__in=changes)
    refused = ""
    try:
        undo(batch=batch, by=user_of(request), at=timezone.now())
    except RuleViolation as refusal:
        refused = str(refusal)
    say(request, refused or _("Taken back."))
    return _where_they_are(request, reached.first(), alert=refused)


def _where_they_are(request: HtmxRequest, deal: Deal | None, *, alert: str) -> HttpResponse:
    """The board redraws its columns; every other page is loaded anew."""
    board = board_asked(request)
    if board is not None:
        words = alert or _("Taken back.")
        status = REFUSED if alert else 200
        told = {"live": words, "alert": alert, "status": status}
        return columns_and_panel(request, board, is_aside=True, **told)
    if deal is None or deal.deleted_at is not None:
        return go(request, reverse("deals:deals"))
    return go(request, back_of(request, usual=deal.get_absolute_url()))


def _board_or_page(request: HtmxRequest, deal: Deal, *, live: str) -> HttpResponse:
    if request.htmx:
        return columns_and_panel(request, request.GET, live=live, moved=deal)
    if request.GET.get("from") == "page":
        return go(request, deal.get_absolute_url())
    return go(request, board_url(request.GET))


def _refuse(request: HtmxRequest, deal: Deal, words: str) -> HttpResponse:
    """Why not, beside the truth: the card goes back to where it is."""
    if request.htmx:
        return columns_and_panel(request, request.GET, live=words, alert=words, status=REFUSED)
    return _move_page(request, deal, error=words, status=REFUSED)


def _move_page(
    request: HttpRequest, deal: Deal, *, error: str = "", status: int = 200
) -> HttpResponse:
    """The stages as a list of buttons: for keyboards without script, and for the record page."""
    stages = stages_of(deal.stage.pipeline)
    board = Board(
        label="",
        columns=[
            BoardColumn(key=str(stage.key), name=stage.name, hue="gray", count=0)
            for stage in stages
        ],
    )
    context = {
        "deal": deal,
        "title": buyer_of(deal),
        "board": board,
        "error": error,
        "stage_key": str(deal.stage.key),
    }
    return render(request, "deals/move.html", context, status=status)
