"""The page of one customer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from baton.core.access.doors import requires
from baton.core.calendars.queries import hours_of
from baton.core.settings.queries import organisation
from baton.core.ui.htmx import HtmxRequest
from baton.records.people.models import Company, Person
from baton.sales.customers.clocks import face_of
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import DELETE_CUSTOMERS, EDIT_CUSTOMERS, VIEW_CUSTOMERS
from baton.sales.customers.queries import brief_of, terms
from baton.sales.customers.rules import Handover
from baton.sales.customers.views.loading import customer_or_404, user_of
from baton.sales.customers.words import HANDOVER_HUES, HANDOVERS
from baton.sales.deals.models import Deal
from baton.sales.deals.words import reason_words


@requires(VIEW_CUSTOMERS)
@require_GET
def customer(request: HtmxRequest, key: UUID) -> HttpResponse:
    """All that is known of them since they bought."""
    return page(request, customer_or_404(request, key))


def page(
    request: HtmxRequest, found: Customer, *, error: str = "", status: int = 200
) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    rows = Customer.objects.filter(pk=found.pk)
    may_edit = rows.visible_to(user, EDIT_CUSTOMERS).exists()
    brief = brief_of(found, user=user)
    deal = brief.deal
    context = {
        "customer": found,
        "error": error,
        "company": Company.objects.visible_to(user).filter(pk=found.company_id or 0).first(),
        "person": Person.objects.visible_to(user).filter(pk=found.person_id or 0).first(),
        "brief": brief,
        "deals": Deal.objects.visible_to(user).in_bulk([one.pk for one in brief.deals]),
        "won_reason": reason_words(deal.reason, state=deal.state) if deal and deal.reason else "",
        "base": organisation().base_currency,
        "state": HANDOVERS[found.handover],
        "state_hue": HANDOVER_HUES[found.handover],
        "clock": face_of(found, agreed=terms(), hours=hours_of(found.owner), now=now),
        "is_waiting": found.handover == Handover.WAITING,
        "is_accepted": found.handover == Handover.ACCEPTED,
        "may_edit": may_edit,
        "may_delete": rows.visible_to(user, DELETE_CUSTOMERS).exists(),
    }
    return render(request, "customers/customer.html", context, status=status)
