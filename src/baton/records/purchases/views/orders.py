"""One purchase: its page, a new one, refunds, cancelled, deleted; each act with its undo."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.messages import say
from baton.records.purchases import actions
from baton.records.purchases.actions import NewPurchase
from baton.records.purchases.forms import OrderForm, RefundForm
from baton.records.purchases.forms.parts import moment_of
from baton.records.purchases.models import Order, OrderLine, Refund
from baton.records.purchases.permissions import (
    DELETE_PURCHASES,
    EDIT_PURCHASES,
    VIEW_PURCHASES,
)
from baton.records.purchases.slots import order_panels
from baton.records.purchases.views.loading import buyer_asked, buyers_to_choose, order_or_404, today
from baton.records.purchases.words import STATE_HUES, STATES, source_words


@requires(VIEW_PURCHASES)
@require_GET
def order(request: HtmxRequest, key: UUID) -> HttpResponse:
    """What was bought, for how much, and what went back."""
    return _page(request, order_or_404(request, key))


@requires(EDIT_PURCHASES)
@require_http_methods(["GET", "POST"])
def new(request: HtmxRequest) -> HttpResponse:
    """Without a buyer in the address: choose one; then the form."""
    buyer = buyer_asked(request)
    if not any(buyer.values()):
        context = {**buyers_to_choose(request), "new_url": reverse("purchases:new-order")}
        return page_or_partial(request, "purchases/choose.html", "found", context)
    form = OrderForm(request.POST or None, today=today(), currency=organisation().base_currency)
    if form.is_valid() and (made := _add(form, user=user_of(request), buyer=buyer)):
        order, batch = made
        say(request, _("The purchase is added."), undo_url=undo_of(batch))
        return go(request, order.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    return render(request, "purchases/new_order.html", {"form": form, **buyer}, status=status)


@requires(EDIT_PURCHASES)
@require_POST
def refund(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Money went back."""
    found = order_or_404(request, key, EDIT_PURCHASES)
    form = RefundForm(request.POST, order=found, today=today())
    if form.is_valid():
        at, said = timezone.now(), form.cleaned_data
        try:
            _refund, batch = actions.refund_purchase(
                order=found,
                amount=said["amount"],
                refunded_at=moment_of(said["refunded_on"], at=at),
                reason=said["reason"],
                by=user_of(request),
                at=at,
            )
        except RuleViolation as no:
            form.add_error("amount", str(no))
        else:
            say(request, _("The refund is kept."), undo_url=undo_of(batch))
            return go(request, found.get_absolute_url())
    return _page(request, found, form=form, status=422)


@requires(EDIT_PURCHASES)
@require_POST
def cancel(request: HtmxRequest, key: UUID) -> HttpResponse:
    """It was no purchase."""
    found = order_or_404(request, key, EDIT_PURCHASES)
    try:
        batch = actions.cancel_purchase(order=found, by=user_of(request), at=timezone.now())
    except RuleViolation as no:
        return _page(request, found, error=str(no), status=409)
    say(request, _("The purchase is cancelled."), undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(DELETE_PURCHASES)
@require_POST
def delete(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Into the trash, with Undo."""
    found = order_or_404(request, key, DELETE_PURCHASES)
    batch = actions.trash_purchases(order_ids=[found.pk], by=user_of(request), at=timezone.now())
    words = _("“%(order)s” is deleted.") % {"order": found}
    say(request, words, undo_url=undo_of(batch))
    return go(request, reverse("purchases:orders"))


def _add(form: OrderForm, *, user: User, buyer: dict[str, Any]) -> tuple[Order, UUID] | None:
    """None when the rules said no: the form then says why."""
    at, said = timezone.now(), form.cleaned_data
    news = NewPurchase(
        placed_at=moment_of(said["placed_on"], at=at),
        amount=said["amount"],
        currency=said["currency"],
        number=said["number"],
        lines=form.lines(),
        **buyer,
    )
    try:
        return actions.add_purchase(new=news, by=user, at=at)
    except RuleViolation as no:
        form.add_error(None, str(no))
        return None


def _line(line: OrderLine) -> tuple[OrderLine, str, Decimal | None]:
    """With its count as people write it, and what it comes to."""
    sum_of = None if line.price is None else line.price * line.quantity
    return line, f"{line.quantity.normalize():f}", sum_of


def _page(
    request: HtmxRequest,
    found: Order,
    *,
    form: RefundForm | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    user = user_of(request)
    may_edit = user.may(EDIT_PURCHASES) and not found.cancelled_at
    lines = list(found.lines.select_related("product").order_by("position", "pk"))
    context = {
        "order": found,
        "state": {"name": STATES[found.state], "hue": STATE_HUES[found.state]},
        "source": source_words(found.source),
        "base": organisation().base_currency,
        "lines": [_line(one) for one in lines],
        "refunds": Refund.objects.living().filter(order=found).order_by("-at", "-pk"),
        "form": form or RefundForm(order=found, today=today()),
        "is_open": form is not None,
        "error": error,
        "may_refund": may_edit and found.refunded < found.amount,
        "may_cancel": may_edit,
        "may_delete": user.may(DELETE_PURCHASES),
        "panels": [panel.render(request, found) for panel in order_panels],
    }
    return render(request, "purchases/order.html", context, status=status)
