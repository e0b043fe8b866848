"""What deals show on the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from baton.records.people.models import Company, Person
from baton.sales.deals.queries import deals_of_company, deals_of_person
from baton.sales.deals.words import STATE_HUES

SHOWN = 20


def person_panel(request: Any, person: Person) -> str:
    """Their deals, with the way to a new one."""
    add = f"{reverse('deals:new')}?person={person.key}"
    return _panel(request, deals_of_person(person, user=request.user), add=add)


def company_panel(request: Any, company: Company) -> str:
    """The company's deals, with the way to a new one."""
    add = f"{reverse('deals:new')}?company={company.key}"
    return _panel(request, deals_of_company(company, user=request.user), add=add)


def _panel(request: Any, deals: Any, *, add: str) -> str:
    found = list(deals[: SHOWN + 1])
    context = {
        "deals": [{"deal": deal, "hue": STATE_HUES[deal.state]} for deal in found[:SHOWN]],
        "count": f"{SHOWN}+" if len(found) > SHOWN else len(found),
        "add": add if request.user.may("deals.edit") else "",
    }
    return render_to_string("deals/related.html", context, request=request)
