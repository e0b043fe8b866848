"""Contracts that end: set, gone on with, ended; the list of those that come; one more deal."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from baton.core.access.doors import requires, user_of
from baton.core.access.models import User
from baton.core.changes.addresses import undo_of
from baton.core.errors import RuleViolation
from baton.core.ui.htmx import HtmxRequest, go, page_or_partial
from baton.core.ui.lists import Column, Empty, Listing, list_page
from baton.core.ui.messages import say
from baton.sales.customers import actions
from baton.sales.customers.forms import ChurnForm, ContractForm, RenewForm
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import customers_matching, renewals_ahead
from baton.sales.customers.views.keeping import keep
from baton.sales.customers.views.listing import name_cell
from baton.sales.customers.views.loading import customer_or_404, today
from baton.sales.customers.views.records import page
from baton.sales.customers.words import CHURN, LEVELS

TABS = {
    "": gettext_lazy("Next 90 days"),
    "past": gettext_lazy("Ended, nothing said"),
    "gone": gettext_lazy("Gone"),
}


def renewals_asked(user: User, asked: QueryDict) -> QuerySet[Customer]:
    """Whose contract ends soon, has ended, or who are gone."""
    rows = Customer.objects.visible_to(user)
    match asked.get("view", ""):
        case "gone":
            rows = rows.filter(churned_on__isnull=False)
        case "past":
            rows = rows.filter(churned_on=None, contract_ends_on__lt=today())
        case _:
            rows = renewals_ahead(rows, today=today())
    return rows.select_related("company", "person", "owner", "seller")


LISTING = Listing(
    name="renewals",
    columns=(
        Column(name="name", label=gettext_lazy("Customer"), draw=name_cell, plain=str),
        Column(
            name="contract_ends_on",
            label=gettext_lazy("Ends on"),
            kind="day",
            sort="contract_ends_on",
            on_phone=True,
        ),
        Column(name="amount", label=gettext_lazy("Amount"), kind="money", on_phone=True),
        Column(name="renewal_step", label=gettext_lazy("Next step")),
        Column(
            name="health",
            label=gettext_lazy("Health"),
            term="health",
            kind="badge",
            sort="health",
            value=lambda row: {"name": LEVELS[row.health], "hue": row.health},
        ),
        Column(name="owner", label=gettext_lazy("Owner"), kind="owner"),
        Column(
            name="reason",
            label=gettext_lazy("Gone because of"),
            value=lambda row: CHURN.get(row.churn_reason, ""),
        ),
    ),
    order="contract_ends_on",
    search=customers_matching,
    rows=renewals_asked,
    empty=Empty(
        icon="recycle",
        text=gettext_lazy(
            "No contract ends here. Say on a customer's page when theirs does: "
            "you are reminded 90, 60 and 30 days before."
        ),
        url=reverse_lazy("customers:customers"),
        action=gettext_lazy("See customers"),
    ),
)


@requires(VIEW_CUSTOMERS)
@require_GET
def renewals(request: HtmxRequest) -> HttpResponse:
    """What ends, the soonest first."""
    tab = request.GET.get("view", "")
    context = {
        "list": list_page(request, LISTING, renewals_asked(user_of(request), request.GET)),
        "tabs": list(TABS.items()),
        "tab": tab if tab in TABS else "",
    }
    return page_or_partial(request, "customers/renewals.html", "list", context)


@requires(EDIT_CUSTOMERS)
@require_POST
def contract(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Until when, for how much, what is done next."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    return keep(
        request,
        found,
        ContractForm(request.POST, customer=found),
        name="contract",
        act=lambda said: actions.set_contract(
            customer=found,
            ends_on=said["ends_on"],
            amount=said["amount"],
            currency=said["currency"],
            step=said["step"],
            version=said["version"],
            by=user_of(request),
            at=timezone.now(),
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def renew(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They go on."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    return keep(
        request,
        found,
        RenewForm(request.POST, customer=found),
        name="renew",
        act=lambda said: actions.renew_contract(
            customer=found, by=user_of(request), at=timezone.now(), **said
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def churn(request: HtmxRequest, key: UUID) -> HttpResponse:
    """They do not."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    return keep(
        request,
        found,
        ChurnForm(request.POST, day=today()),
        name="churn",
        act=lambda said: actions.churn_customer(
            customer=found, by=user_of(request), at=timezone.now(), **said
        ),
    )


@requires(EDIT_CUSTOMERS)
@require_POST
def won_back(request: HtmxRequest, key: UUID) -> HttpResponse:
    """Gone no longer."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    batch = actions.win_back(customer=found, by=user_of(request), at=timezone.now())
    say(request, _("%(who)s is a customer again.") % {"who": found}, undo_url=undo_of(batch))
    return go(request, found.get_absolute_url())


@requires(EDIT_CUSTOMERS)
@require_POST
def next_deal(request: HtmxRequest, key: UUID) -> HttpResponse:
    """One more deal with them, opened by a press."""
    found = customer_or_404(request, key, EDIT_CUSTOMERS)
    try:
        deal = actions.open_next_deal(
            customer=found,
            by=user_of(request),
            at=timezone.now(),
            token=request.POST.get("token", ""),
        )
    except RuleViolation as no:
        return page(request, found, error=str(no), status=409)
    say(request, _("The deal is open. Give it a name, an amount and a next step."))
    return go(request, deal.get_absolute_url())
