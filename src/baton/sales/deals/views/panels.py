"""What deals show on the pages of people and companies."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from baton.core.prepared import Prepared
from baton.records.people.models import Company, Person
from baton.records.people.queries import BUYING_ROLES
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import deals_of_company, deals_of_person, parts_in
from baton.sales.deals.words import STATE_HUES

SHOWN = 20
_OF_PERSON = Prepared(lambda person, user: deals_of_person(person, user=user)[: SHOWN + 1])
_OF_COMPANY = Prepared(lambda company, user: deals_of_company(company, user=user)[: SHOWN + 1])


def person_panel(request: Any, person: Person) -> str:
    """The deals in which they take part, as what, with the way to a new one."""
    add = f"{reverse('deals:new')}?person={person.key}"
    found = _OF_PERSON.rows(person=person.pk, user=request.user)
    roles = parts_in(found, person_id=person.pk) if found else {}
    return _panel(request, found, add=add, roles=roles)


def company_panel(request: Any, company: Company) -> str:
    """The company's deals, with the way to a new one."""
    add = f"{reverse('deals:new')}?company={company.key}"
    return _panel(request, _OF_COMPANY.rows(company=company.pk, user=request.user), add=add)


def _panel(
    request: Any, found: list[Deal], *, add: str, roles: Mapping[int, str] | None = None
) -> str:
    said = roles or {}
    context = {
        "deals": [
            {
                "deal": deal,
                "hue": STATE_HUES[deal.state],
                "role": BUYING_ROLES.get(said.get(deal.pk, ""), ""),
            }
            for deal in found[:SHOWN]
        ],
        "count": f"{SHOWN}+" if len(found) > SHOWN else len(found),
        "add": add if request.user.may("deals.edit") else "",
    }
    return render_to_string("deals/related.html", context, request=request)
