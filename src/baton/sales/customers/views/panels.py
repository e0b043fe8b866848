"""What customers show on the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string

from baton.records.people.models import Company, Person
from baton.sales.customers.queries import customer_shown, won_deal_of
from baton.sales.customers.words import HANDOVERS, LEVELS, reasons_in_words


def person_panel(request: Any, person: Person) -> str:
    """Where they bought for themselves."""
    return _panel(request, company=None, person=person)


def company_panel(request: Any, company: Company) -> str:
    return _panel(request, company=company, person=None)


def _panel(request: Any, *, company: Company | None, person: Person | None) -> str:
    """The customer, or the won deal of which one can be made; nothing for who bought nothing."""
    found = customer_shown(company=company, person=person, user=request.user)
    deal = None if found else won_deal_of(company=company, person=person, user=request.user)
    if found is None and deal is None:
        return ""
    context = {
        "found": found,
        "deal": deal,
        "state": HANDOVERS[found.handover] if found else "",
        "level": LEVELS[found.health] if found else "",
        "why": ", ".join(words for words, _hue in reasons_in_words(found.reasons if found else "")),
    }
    return render_to_string("customers/related.html", context, request=request)
