"""What deals show on the pages of people and companies."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from baton.core.prepared import Prepared
from baton.records.people.models import Company, Person
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import deals_of_company, deals_of_person
from baton.sales.deals.words import STATE_HUES

SHOWN = 20
_OF_PERSON = Prepared(lambda person, user: deals_of_person(person, user=user)[: SHOWN + 1])
_OF_COMPANY = Prepared(lambda company, user: deals_of_company(company, user=user)[: SHOWN + 1])


def person_panel(request: Any, person: Person) -> str:
    """Their deals, with the way to a new one."""
    add = f"{reverse('deals:new')}?person={person.key}"
    return _panel(request, _OF_PERSON.rows(person=person.pk, user=request.user), add=add)


def company_panel(request: Any, company: Company) -> str:
    """The company's deals, with the way to a new one."""
    add = f"{reverse('deals:new')}?company={company.key}"
    return _panel(request, _OF_COMPANY.rows(company=company.pk, user=request.user), add=add)


def _panel(request: Any, found: list[Deal], *, add: str) -> str:
    context = {
        "deals": [{"deal": deal, "hue": STATE_HUES[deal.state]} for deal in found[:SHOWN]],
        "count": f"{SHOWN}+" if len(found) > SHOWN else len(found),
        "add": add if request.user.may("deals.edit") else "",
    }
    return render_to_string("deals/related.html", context, request=request)
