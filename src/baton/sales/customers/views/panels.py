"""What customers show on the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string

from baton.records.people.models import Company, Person
from baton.sales.customers.models import Customer
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.words import HANDOVERS, LEVELS, reasons_in_words
from baton.sales.deals.models import Deal
from baton.sales.deals.rules import StageKind


def person_panel(request: Any, person: Person) -> str:
    """Where they bought for themselves."""
    return _panel(request, company=None, person=person)


def company_panel(request: Any, company: Company) -> str:
    return _panel(request, company=company, person=None)


def _panel(request: Any, *, company: Company | None, person: Person | None) -> str:
    """The customer, or the won deal of which one can be made; nothing for who bought nothing."""
    whose = {"company": company} if company else {"company": None, "person": person}
    rows = Customer.objects.visible_to(request.user).filter(**whose)
    found = rows.select_related("owner", "company", "person").first()
    deal = None
    if found is None and request.user.may(EDIT_CUSTOMERS):
        won = Deal.objects.living().visible_to(request.user, EDIT_CUSTOMERS).filter(**whose)
        deal = won.filter(state=StageKind.WON).order_by("-closed_at").first()
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
