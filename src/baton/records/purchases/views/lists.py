"""The lists of purchases and of subscriptions."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.filters.listed import ListFilter
from baton.core.saved.shown import views_of
from baton.core.settings.queries import one_organisation, organisation
from baton.core.ui.formats import money
from baton.core.ui.found import searched
from baton.core.ui.grouping import Grouping, by_name
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page, narrowed
from baton.core.ui.marks import said
from baton.core.ui.spans import by_spans
from baton.records.purchases.models import Order, OrderQuerySet, Subscription
from baton.records.purchases.permissions import EDIT_PURCHASES, MANAGE_HOOKS, VIEW_PURCHASES
from baton.records.purchases.queries import orders_matching, subscriptions_matching, sums_of
from baton.records.purchases.words import (
    EACH,
    INTERVALS,
    STATE_HUES,
    STATES,
    source_words,
    standing_badge,
)


def orders_asked(user: User, _asked: QueryDict) -> OrderQuerySet:
    """All that this user may see."""
    return Order.objects.visible_to(user).select_related("person", "company")


def subscriptions_asked(user: User, _asked: QueryDict) -> QuerySet[Subscription]:
    return Subscription.objects.visible_to(user).select_related("person", "company")


def orders_found(count: int, said_count: str) -> str:
    return ngettext("%(n)s purchase matches", "%(n)s purchases match", count) % {"n": said_count}


def subscriptions_found(count: int, said_count: str) -> str:
    words = ngettext("%(n)s subscription matches", "%(n)s subscriptions match", count)
    return words % {"n": said_count}


def _buyer(row: Order | Subscription) -> str:
    return ", ".join(str(one) for one in (row.person, row.company) if one)


def _order(_value: Any, order: Order) -> str:
    second = f'<span class="second">{said(order.title)}</span>' if order.number else ""
    return SafeString(
        f'<span><a href="{order.get_absolute_url()}">{said(order)}</a>{second}</span>'
    )


def _state(order: Order) -> dict[str, Any]:
    return {"name": STATES[order.state], "hue": STATE_HUES[order.state]}


def _tell_base(orders: list[Any]) -> None:
    base = organisation().base_currency
    for order in orders:
        order.net_words = money(order.net_amount, base)


def _price(row: Subscription) -> str:
    return f"{money(row.amount, row.currency)} {EACH[row.interval]}"


ORDERS = Listing(
    name="orders",
    columns=(
        Column(name="order", label=gettext_lazy("Purchase"), draw=_order),
        Column(name="buyer", label=gettext_lazy("Buyer"), value=_buyer),
        Column(name="placed_at", label=gettext_lazy("Bought"), kind="when", sort="placed_at"),
        Column(
            name="state", label=gettext_lazy("State"), kind="badge", value=_state, on_phone=True
        ),
        Column(name="amount", label=gettext_lazy("Amount"), kind="money", on_phone=True),
        Column(
            name="net",
            label=gettext_lazy("Revenue"),
            term="net-revenue",
            kind="figure",
            sort="net_amount",
            adds="net_amount",
            adds_money=True,
            value=lambda one: one.net_words,
        ),
        Column(
            name="source",
            label=gettext_lazy("From"),
            value=lambda one: source_words(one.source),
        ),
    ),
    order="-placed_at",
    search=orders_matching,
    second=_buyer,
    prepare=_tell_base,
    rows=orders_asked,
    asks=ListFilter(object_type="order", found=orders_found),
    groupings=(
        Grouping(
            name="state",
            label=gettext_lazy("State"),
            field="state",
            named=lambda values: {one: STATES[one] for one in STATES if one in values},
            empty=gettext_lazy("No state"),
        ),
        Grouping(
            name="source",
            label=gettext_lazy("From"),
            field="source",
            named=lambda values: by_name({one: source_words(one) for one in values}),
            empty=gettext_lazy("Nowhere"),
        ),
        *by_spans(Order, "placed_at", gettext_lazy("Bought")),
    ),
    empty=Empty(
        icon="money",
        text=gettext_lazy(
            "What people buy without a rep stands here: from your shop, a file, or by hand."
        ),
    ),
)
SUBSCRIPTIONS = Listing(
    name="subscriptions",
    columns=(
        Column(name="name", label=gettext_lazy("Subscription")),
        Column(name="buyer", label=gettext_lazy("Buyer"), value=_buyer),
        Column(
            name="state",
            label=gettext_lazy("State"),
            kind="badge",
            value=standing_badge,
            on_phone=True,
        ),
        Column(
            name="price", label=gettext_lazy("Price"), kind="figure", value=_price, on_phone=True
        ),
        Column(name="started_at", label=gettext_lazy("Started"), kind="when", sort="started_at"),
        Column(name="renews_at", label=gettext_lazy("Renews"), kind="when"),
        Column(name="ended_at", label=gettext_lazy("Ends"), kind="when"),
    ),
    order="-started_at",
    search=subscriptions_matching,
    second=_buyer,
    rows=subscriptions_asked,
    asks=ListFilter(object_type="subscription", found=subscriptions_found),
    groupings=(
        Grouping(
            name="interval",
            label=gettext_lazy("Each"),
            field="interval",
            named=lambda values: {one: INTERVALS[one] for one in INTERVALS if one in values},
            empty=gettext_lazy("No interval"),
        ),
        *by_spans(Subscription, "started_at", gettext_lazy("Started")),
    ),
    empty=Empty(
        icon="recycle",
        text=gettext_lazy("What is paid again and again stands here, with when it renews."),
    ),
)


@requires(VIEW_PURCHASES)
@require_GET
def orders(request: HtmxRequest) -> HttpResponse:
    """All purchases, and what those that are asked for come to."""
    user = user_of(request)
    may_edit = user.may(EDIT_PURCHASES)
    listing = ORDERS.with_step(reverse("purchases:new-order"), _("New purchase"))
    rows = orders_asked(user, request.GET)
    with one_organisation():
        context = {
            "list": list_page(request, listing if may_edit else ORDERS, rows),
            "views": views_of(request, ORDERS),
            "sums": sums_of(_meant(request, rows)),
            "base": organisation().base_currency,
            "may_edit": may_edit,
            "may_manage_hooks": user.may(MANAGE_HOOKS),
        }
        return page_or_partial(request, "purchases/orders.html", "list", context)


@requires(VIEW_PURCHASES)
@require_GET
def subscriptions(request: HtmxRequest) -> HttpResponse:
    """All subscriptions."""
    user = user_of(request)
    may_edit = user.may(EDIT_PURCHASES)
    listing = SUBSCRIPTIONS.with_step(reverse("purchases:new-subscription"), _("New subscription"))
    rows = subscriptions_asked(user, request.GET)
    context = {
        "list": list_page(request, listing if may_edit else SUBSCRIPTIONS, rows),
        "views": views_of(request, SUBSCRIPTIONS),
        "may_edit": may_edit,
        "may_manage_hooks": user.may(MANAGE_HOOKS),
    }
    return page_or_partial(request, "purchases/subscriptions.html", "list", context)


def _meant(request: HtmxRequest, rows: OrderQuerySet) -> Any:
    """Those that filter and quick filter leave."""
    return searched(ORDERS, narrowed(ORDERS, rows, request), request.GET).order_by()
