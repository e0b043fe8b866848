"""The record page, its side panel, and what is edited on it in place."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.errors import RuleViolation
from baton.core.files.queries import shown_files
from baton.core.keys import new_key
from baton.core.limits import hidden
from baton.core.ui.htmx import HtmxRequest, go, waiting_toasts
from baton.core.ui.messages import say
from baton.sales.deals import actions
from baton.sales.deals.forms import FIELDS, LineForm, NextStepForm, field_form
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import DELETE_DEALS, EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.views.loading import deal_or_404, shown_deal_or_404, sight_of
from baton.sales.deals.views.redrawing import board_asked, columns
from baton.sales.deals.views.scored import score_of
from baton.sales.deals.views.shown import page_of, panel_of, parts_of

PAGE = "deals/deal.html"


@requires(VIEW_DEALS)
@require_GET
def deal(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One deal with all that is known about it."""
    return _page(request, shown_deal_or_404(request, key))


@requires(VIEW_DEALS)
@require_GET
def panel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The same beside the board; its own page for who has no script."""
    found = shown_deal_or_404(request, key)
    if not request.htmx:
        return go(request, found.get_absolute_url())
    return render(request, "deals/panel.html", panel_of(request, found))


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def field(request: HtmxRequest, key: UUID, name: str) -> HttpResponse:
    """One property: GET its form in place, POST what was typed."""
    found = deal_or_404(request, key)
    if name not in FIELDS or name in hidden("deal"):
        raise Http404
    if request.method == "GET":
        return _show_form(request, found, name=name)
    form = field_form(name, deal=found, user=user_of(request), data=request.POST)
    if form.is_valid() and _edit(request, found, form=form, names=[name]):
        return changed(request, found, editing=name, words=_("Saved."))
    return changed(request, found, editing=name, form=form, words=_first_error(form))


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def next_step(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What comes next, and when; its form stands on the page."""
    found = deal_or_404(request, key)
    if request.method == "GET":
        return go(request, found.get_absolute_url())
    form = NextStepForm(request.POST, deal=found)
    names = ["next_step", "next_step_on"]
    if form.is_valid() and _edit(request, found, form=form, names=names):
        return changed(request, found, words=_("Next step saved."))
    return changed(request, found, step_form=form, words=_first_error(form))


@requires(EDIT_DEALS)
@require_http_methods(["GET", "POST"])
def add_line(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One more product; the amount follows."""
    found = deal_or_404(request, key)
    if request.method == "GET":
        return go(request, found.get_absolute_url())
    form = LineForm(request.POST, deal=found, user=user_of(request))
    if form.is_valid() and _add(request, found, form=form):
        return changed(request, found, words=_("Line added."))
    return changed(request, found, line_form=form, words=_first_error(form))


@requires(EDIT_DEALS)
@require_POST
def remove_line(request: HtmxRequest, key: UUID, line: UUID) -> HttpResponse:
    """Without that product; with a way back."""
    found = deal_or_404(request, key)
    row = found.lines.filter(key=line).first()
    if row is not None:
        batch = new_key()
        actions.remove_line(
            deal=found, line_id=row.pk, by=user_of(request), at=timezone.now(), batch=batch
        )
        say(request, _("Line removed."), undo_url=reverse("deals:undo", args=[batch]))
    return changed(request, found, words=_("Line removed."))


@requires(DELETE_DEALS)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with a way back."""
    found = deal_or_404(request, key, DELETE_DEALS)
    batch = new_key()
    actions.trash_deals(deal_ids=[found.pk], by=user_of(request), at=timezone.now(), batch=batch)
    words = _("“%(deal)s” is in the trash.") % {"deal": found.name}
    say(request, words, undo_url=reverse("deals:undo", args=[batch]))
    return go(request, reverse("deals:deals"))


def changed(
    request: HtmxRequest,
    found: Deal,
    *,
    words: str,
    editing: str = "",
    form: Form | None = None,
    **forms: Form,
) -> HttpResponse:
    """The parts of the page anew; with a form in ``forms`` or ``form`` that was refused: 422."""
    is_refused = form is not None or bool(forms)
    fresh = shown_deal_or_404(request, found.key)
    if not request.htmx:
        if not is_refused:
            return go(request, fresh.get_absolute_url())
        return _page(request, fresh, status=422, editing=editing, form=form, **forms)
    parts = parts_of(request, fresh, sight=sight_of(request), editing=editing, form=form)
    context = {**parts, **forms, "words": words}
    status = 422 if is_refused else 200
    response = render(request, "deals/parts.html#changed", context, status=status)
    board = board_asked(request)  # the panel was open beside it
    if board is not None and not is_refused:
        response.write(columns(request, board, live=words, is_aside=True).content)
        return response
    response.write(waiting_toasts(request))
    return response


def _page(request: HtmxRequest, found: Deal, *, status: int = 200, **over: Any) -> HttpResponse:
    context = page_of(request, found, **over) | {
        "files": shown_files("deal", found),
        "score": score_of(found, user=user_of(request), at=timezone.now()),
    }
    return render(request, PAGE, context, status=status)


def _show_form(request: HtmxRequest, found: Deal, *, name: str) -> HttpResponse:
    is_left = "cancel" in request.GET
    form = None if is_left else field_form(name, deal=found, user=user_of(request))
    if not request.htmx:
        return _page(request, found, editing=name, form=form)
    parts = parts_of(request, found, sight=sight_of(request), editing=name, form=form)
    parts["prop"] = next((prop for prop in parts["props"] if prop.name == name), None)
    return render(request, "deals/parts.html#prop", parts)


def _edit(request: HtmxRequest, found: Deal, *, form: Form, names: list[str]) -> bool:
    """False when the rules said no: the form then says why."""
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
    try:
        actions.edit_deal(
            deal=found,
            values=values,
            version=form.cleaned_data.get("version"),
            by=user_of(request),
            at=timezone.now(),
        )
    except RuleViolation as refusal:
        form.add_error(names[0], str(refusal))
        return False
    return True


def _add(request: HtmxRequest, found: Deal, *, form: LineForm) -> bool:
    line = actions.Line(
        product=form.cleaned_data["product"],
        quantity=form.cleaned_data["quantity"],
        price=form.price(),
    )
    try:
        actions.add_line(
            deal=found,
            line=line,
            version=form.cleaned_data.get("version"),
            by=user_of(request),
            at=timezone.now(),
        )
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _first_error(form: Form) -> str:
    errors = [str(error) for found in form.errors.values() for error in found]
    return errors[0] if errors else ""
