"""What purchases show on the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from baton.core.settings.queries import organisation
from baton.records.people.models import Company, Person
from baton.records.purchases.permissions import EDIT_PURCHASES
from baton.records.purchases.queries import lately_of
from baton.records.purchases.words import EACH, STATE_HUES, STATES, standing_badge

SHOWN = 5


def person_panel(request: Any, person: Person) -> str:
    """What they bought in all, and the latest of it."""
    return _panel(request, person, of=f"person={person.key}")


def company_panel(request: Any, company: Company) -> str:
    """What its people bought, and the company itself."""
    return _panel(request, company, of=f"company={company.key}")


def _panel(request: Any, buyer: Person | Company, *, of: str) -> str:
    bought = lately_of(buyer, user=request.user, limit=SHOWN)
    context = {
        "orders": [
            {"order": one, "state": STATES[one.state], "hue": STATE_HUES[one.state]}
            for one in bought.orders[:SHOWN]
        ],
        "subscriptions": [
            {"row": one, "each": EACH[one.interval], "state": standing_badge(one)}
            for one in bought.subscriptions
        ],
        "sums": bought.sums,
        "base": organisation().base_currency,
        "more": bought.sums.count - SHOWN if len(bought.orders) > SHOWN else 0,
        "add": f"{reverse('purchases:new-order')}?{of}",
        "subscribe": f"{reverse('purchases:new-subscription')}?{of}",
        "may_edit": request.user.may(EDIT_PURCHASES),
    }
    return render_to_string("purchases/related.html", context, request=request)
