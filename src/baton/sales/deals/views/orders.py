"""An order is linked to a deal, or not any more; where the two show each other."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires, user_of
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.purchases.models import Order
from baton.records.purchases.permissions import EDIT_PURCHASES, VIEW_PURCHASES
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, DealOrder
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries.orders import (
    deal_of_order,
    deals_for_order,
    orders_for_deal,
    orders_of_deal,
)
from baton.sales.deals.views.loading import deal_or_404
from baton.sales.deals.words import STATE_HUES


@requires(EDIT_DEALS)
@require_POST
def link(request: HtmxRequest, key: UUID) -> HttpResponse:
    """This purchase is what the deal was won by; of no deal it counts by itself."""
    user = user_of(request)
    order = get_object_or_404(Order.objects.visible_to(user, EDIT_PURCHASES), key=key)
    former = DealOrder.objects.filter(order=order).select_related("deal").first()
    shown = deal_or_404(request, former.deal.key) if former else None
    chosen = request.POST.get("deal", "")
    deal = deal_or_404(request, _key(chosen)) if chosen else None
    try:
        batch = actions.link_order(order=order, deal=deal, by=user, at=timezone.now())
    except RuleViolation as no:
        say(request, str(no))
    else:
        words = (
            _("Purchase and deal count once now.")
            if deal
            else _("The purchase counts by itself now.")
        )
        say(request, words, undo_url=undo_of(batch))
    back = deal or shown
    if back is None or request.POST.get("back") == "order":
        return go(request, order.get_absolute_url())
    return go(request, back.get_absolute_url())


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def order_panel(request: Any, order: Order) -> str:
    """On the page of a purchase: its deal, or those that it may belong to."""
    user = request.user
    if not user.may(VIEW_DEALS):
        return ""
    linked = deal_of_order(order, user=user)
    offered = [] if linked else list(deals_for_order(order, user=user))
    if not linked and not offered:
        return ""
    context = {
        "order": order,
        "linked": linked,
        "deals": [(one, STATE_HUES[one.state]) for one in ([linked] if linked else offered)],
        "may_link": user.may(EDIT_DEALS) and user.may(EDIT_PURCHASES),
    }
    return render_to_string("deals/order_panel.html", context, request=request)


def purchases_beside(request: Any, deal: Deal) -> dict[str, Any]:
    """On the page of a deal: its purchases, and those that may belong to it."""
    user = user_of(request)
    if not user.may(VIEW_PURCHASES):
        return {}
    return {
        "purchases": orders_of_deal(deal, user=user),
        "loose_purchases": orders_for_deal(deal, user=user) if deal.state != "lost" else [],
        "may_link": user.may(EDIT_DEALS) and user.may(EDIT_PURCHASES),
    }
