"""What purchases show on the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from baton.core.settings.queries import organisation
from baton.records.people.models import Company, Person
from baton.records.purchases.permissions import EDIT_PURCHASES
from baton.records.purchases.queries import orders_of, subscriptions_of, sums_of
from baton.records.purchases.words import EACH, STATE_HUES, STATES, standing_badge

SHOWN = 5


def person_panel(request: Any, person: Person) -> str:
    """What they bought in all, and the latest of it."""
    return _panel(request, person, of=f"person={person.key}")


def company_panel(request: Any, company: Company) -> str:
    """What its people bought, and the company itself."""
    return _panel(request, company, of=f"company={company.key}")


def _panel(request: Any, buyer: Person | Company, *, of: str) -> str:
    orders = orders_of(buyer, user=request.user)
    running = subscriptions_of(buyer, user=request.user)[:SHOWN]
    sums, found = sums_of(orders), list(orders[: SHOWN + 1])
    context = {
        "orders": [
            {"order": one, "state": STATES[one.state], "hue": STATE_HUES[one.state]}
            for one in found[:SHOWN]
        ],
        "subscriptions": [
            {"row": one, "each": EACH[one.interval], "state": standing_badge(one)}
            for one in running
        ],
        "sums": sums,
        "base": organisation().base_currency,
        "more": sums.count - SHOWN if len(found) > SHOWN else 0,
        "add": f"{reverse('purchases:new-order')}?{of}",
        "subscribe": f"{reverse('purchases:new-subscription')}?{of}",
        "may_edit": request.user.may(EDIT_PURCHASES),
    }
    return render_to_string("purchases/related.html", context, request=request)
