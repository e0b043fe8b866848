"""The purchases that the closed loop counts."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.settings.queries import organisation
from baton.core.ui.formats import money
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.insight.analytics.forms import PeopleForm
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries import KEYED, UnknownGroup, group_named, orders_in
from baton.insight.analytics.views import closed_loop
from baton.insight.analytics.views.addresses import address_of
from baton.insight.analytics.views.asking import refused
from baton.insight.analytics.views.records import titled
from baton.insight.analytics.words import BASES, period_words
from baton.records.purchases.models import Order
from baton.records.purchases.queries import orders_matching

TITLE = gettext_lazy("Purchases")
LISTING = Listing(
    name="bought",
    columns=(
        Column(name="order", label=gettext_lazy("Purchase"), value=str),
        Column(name="person", label=gettext_lazy("Buyer")),
        Column(name="placed_at", label=gettext_lazy("Bought"), kind="when", sort="placed_at"),
        Column(name="amount", label=gettext_lazy("Amount"), kind="money"),
        Column(
            name="net",
            label=gettext_lazy("Revenue"),
            term="net-revenue",
            kind="figure",
            sort="net_amount",
            value=lambda order: order.net_words,
            on_phone=True,
        ),
    ),
    order="-net",
    search=orders_matching,
    second=lambda order: str(order.person or order.company),
    empty=Empty(icon="money", text=gettext_lazy("No purchase is behind this figure any more.")),
)


@requires(VIEW_REPORTS)
@require_GET
def purchases(request: HtmxRequest) -> HttpResponse:
    """Their revenue sums to what the report says of them."""
    form = PeopleForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=closed_loop.PAGE, title=closed_loop.TITLE)
    user, question = user_of(request), form.question(user=user_of(request))
    try:
        group = group_named(question.by, form.asked_group)
    except UnknownGroup as error:
        raise Http404 from error
    seen = Order.objects.visible_to(user, VIEW_REPORTS)
    rows = seen.filter(pk__in=orders_in(question, group.value))
    listing = replace(LISTING, prepare=partial(_tell, organisation().base_currency))
    page = list_page(request, listing, rows.select_related("person", "company"))
    if question.by in KEYED and group.value and not page.total and not page.text:
        raise Http404  # the name of a record is told to nobody who sees nothing of it
    context = {
        "list": page,
        "title": titled(str(TITLE), group, by=question.by),
        "about": [period_words(form.period), str(BASES[question.basis])],
        "report": closed_loop.TITLE,
        "report_url": address_of(request.GET).to(closed_loop.PAGE),
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


def _tell(currency: str, orders: list[Any]) -> None:
    for order in orders:
        order.net_words = money(order.net_amount, currency)
