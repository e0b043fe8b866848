"""An order is linked to a deal, or not any more; where the two show each other."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baton.core.access.doors import requires
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go
from baton.core.ui.messages import say
from baton.records.purchases.models import Order
from baton.records.purchases.permissions import EDIT_PURCHASES, VIEW_PURCHASES
from baton.sales.deals import actions
from baton.sales.deals.models import Deal
from baton.sales.deals.permissions import EDIT_DEALS, VIEW_DEALS
from baton.sales.deals.queries.orders import (
    deal_of_order,
    deals_for_order,
    orders_for_deal,
    orders_of_deal,
)
from baton.sales.deals.views.loading import deal_or_404, user_of
from baton.sales.deals.words import STATE_HUES


@requires(EDIT_DEALS)
@require_POST
def link(request: HtmxRequest, key: UUID, order: UUID) -> HttpResponse:
    """This purchase is what the deal was won by: it counts once."""
    return _set(request, deal_or_404(request, key), order, is_linked=True)


@requires(EDIT_DEALS)
@require_POST
def unlink(request: HtmxRequest, key: UUID, order: UUID) -> HttpResponse:
    """It is a purchase of its own."""
    return _set(request, deal_or_404(request, key), order, is_linked=False)


def _set(request: HtmxRequest, deal: Deal, key: UUID, *, is_linked: bool) -> HttpResponse:
    user = user_of(request)
    seen = Order.objects.visible_to(user, EDIT_PURCHASES)
    found = get_object_or_404(seen if is_linked else seen.filter(deal_link__deal=deal), key=key)
    try:
        batch = actions.link_order(
            order=found, deal=deal if is_linked else None, by=user, at=timezone.now()
        )
    except RuleViolation as no:
        say(request, str(no))
    else:
        words = (
            _("Purchase and deal count once now.")
            if is_linked
            else _("The purchase counts by itself now.")
        )
        say(request, words, undo_url=reverse("changes:undo", args=[batch]))
    is_back_to_order = request.POST.get("back") == "order"
    return go(request, found.get_absolute_url() if is_back_to_order else deal.get_absolute_url())


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
