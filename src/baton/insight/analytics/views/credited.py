"""Behind a figure of attribution: its deals, and of each deal why."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires, user_of
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest, page_or_partial
from baton.core.ui.lists import Column, list_page
from baton.insight.analytics.forms import AttributionForm, CreditedForm
from baton.insight.analytics.permissions import VIEW_REPORTS
from baton.insight.analytics.queries import (
    MODELS,
    TOUCH_GROUPS,
    Group,
    Share,
    among,
    deals_behind,
    group_named,
    orders_behind,
    touches_of,
)
from baton.insight.analytics.views import attribution
from baton.insight.analytics.views.addresses import address_of
from baton.insight.analytics.views.asking import refused
from baton.insight.analytics.views.bought import LISTING as BOUGHT
from baton.insight.analytics.views.records import DEALS, titled
from baton.insight.analytics.views.tells import touch_lines
from baton.insight.analytics.words import (
    LOOK_BACKS,
    MODEL_WORDS,
    TOUCHED_WORDS,
    period_words,
)
from baton.records.purchases.models import Order
from baton.sales.deals.models import Deal

LISTING = replace(
    DEALS,
    name="credited",
    columns=(
        *DEALS.columns[:2],
        Column(
            name="credit",
            label=gettext_lazy("Credit here"),
            kind="money",
            value=lambda deal: deal.credit,
            template="analytics/cells/credit.html",
            on_phone=True,
        ),
        Column(name="share", label=gettext_lazy("Share"), kind="percent"),
        Column(name="touches", label=gettext_lazy("Touches"), kind="number"),
        *DEALS.columns[3:5],
        *DEALS.columns[6:],
    ),
)

PURCHASES = replace(
    BOUGHT,
    name="credited-purchases",
    columns=(
        *BOUGHT.columns[:2],
        *LISTING.columns[2:5],
        BOUGHT.columns[3],
        BOUGHT.columns[2],
    ),
    order="-placed_at",
)


@requires(VIEW_REPORTS)
@require_GET
def deals(request: HtmxRequest) -> HttpResponse:
    """The deals that one figure counts, each with what of it is counted there."""
    form, address = CreditedForm(request.GET), address_of(request.GET)
    if not form.is_valid():
        return refused(request, form, page=attribution.PAGE, title=attribution.TITLE)
    user, question = user_of(request), form.question(user=user_of(request))
    group = group_named(question.by, form.asked_group)
    shares = deals_behind(question, column=form.chosen, group=group.value)
    rows = Deal.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=among(shares))
    listing = replace(
        LISTING,
        prepare=partial(_prepare, shares, organisation().base_currency),
        url=lambda deal: address.why(deal.key),
    )
    bought = len(orders_behind(shares))
    context = _frame(request, form, group) | {
        "list": list_page(request, listing, rows.select_related("company", "owner")),
        "also": ngettext("%(n)s purchase, too", "%(n)s purchases, too", bought) % {"n": bought},
        "also_url": f"{reverse('analytics:credited-purchases')}?{request.GET.urlencode()}"
        if bought
        else "",
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


@requires(VIEW_REPORTS)
@require_GET
def purchases(request: HtmxRequest) -> HttpResponse:
    """The purchases that one figure counts, each with what of it is counted there."""
    form, address = CreditedForm(request.GET), address_of(request.GET)
    if not form.is_valid():
        return refused(request, form, page=attribution.PAGE, title=attribution.TITLE)
    user, question = user_of(request), form.question(user=user_of(request))
    group = group_named(question.by, form.asked_group)
    found = deals_behind(question, column=form.chosen, group=group.value)
    shares = orders_behind(found)
    rows = Order.objects.visible_to(user, VIEW_REPORTS).filter(pk__in=among(shares))
    listing = replace(
        PURCHASES,
        prepare=partial(_prepare, shares, organisation().base_currency),
        url=lambda order: address.why(order.key, page="touches-of-purchase"),
    )
    context = _frame(request, form, group) | {
        "list": list_page(request, listing, rows.select_related("person", "company")),
        "also": _("The deals"),
        "also_url": f"{reverse('analytics:credited')}?{request.GET.urlencode()}",
    }
    return page_or_partial(request, "analytics/behind.html", "list", context)


def _frame(request: HtmxRequest, form: CreditedForm, group: Group) -> dict[str, Any]:
    """What stands around either list."""
    name, address = str(MODEL_WORDS.get(form.chosen, TOUCHED_WORDS)), address_of(request.GET)
    return {
        "title": titled(name, group, by=form.cleaned_data["by"] or next(iter(TOUCH_GROUPS))),
        "about": [period_words(form.period), _looked_back(form)],
        "report": attribution.TITLE,
        "report_url": address.to(attribution.PAGE),
    }


@requires(VIEW_REPORTS)
@require_GET
def deal(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Why a deal counts where it counts: its touches in order, each with its share by model."""
    form = AttributionForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=attribution.PAGE, title=attribution.TITLE)
    user = user_of(request)
    won = Deal.objects.living().visible_to(user, VIEW_REPORTS).filter(state="won")
    found = get_object_or_404(won.select_related("company"), key=key)
    context = {"title": found.name, "amount": found.base_amount, "icon": "deal"}
    return _touches(request, form, found, context | {"open": _("Open the deal")})


@requires(VIEW_REPORTS)
@require_GET
def purchase(request: HtmxRequest, key: UUID) -> HttpResponse:
    """The same of a purchase."""
    form = AttributionForm(request.GET)
    if not form.is_valid():
        return refused(request, form, page=attribution.PAGE, title=attribution.TITLE)
    seen = Order.objects.visible_to(user_of(request), VIEW_REPORTS).standing()
    found = get_object_or_404(seen.select_related("person", "company"), key=key)
    context = {"title": str(found), "amount": found.net_amount, "icon": "money"}
    return _touches(request, form, found, context | {"open": _("Open the purchase")})


def _touches(
    request: HtmxRequest, form: AttributionForm, sale: Deal | Order, context: dict[str, Any]
) -> HttpResponse:
    user = user_of(request)
    asked = replace(form.question(user=user), from_on=None, to_on=None)
    context |= {
        "sale_url": sale.get_absolute_url(),
        "lines": touch_lines(touches_of(asked, sale), user=user),
        "currency": organisation().base_currency,
        "models": [MODEL_WORDS[name] for name in MODELS],
        "about": [_looked_back(form)],
        "report": attribution.TITLE,
        "report_url": address_of(request.GET).to(attribution.PAGE),
    }
    return render(request, "analytics/touches.html", context)


def _prepare(shares: dict[int, Share], currency: str, rows: list[Any]) -> None:
    for one in rows:
        share = shares[one.pk]
        one.credit, one.share = share.credit.revenue, share.credit.deals
        one.touches, one.base_currency = share.touches, currency


def _looked_back(form: AttributionForm) -> str:
    """Touches up to 90 days before the opening."""
    asked = form.cleaned_data["look_back"] or "90"
    if asked == "all":
        return _("touches however old")
    return _("touches of %(days)s before the opening") % {"days": LOOK_BACKS[asked]}
