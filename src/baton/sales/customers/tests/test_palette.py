from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.search import finding
from baton.records.people.tests.factories import a_company, a_person
from baton.sales.customers import actions
from baton.sales.customers.models import Customer
from baton.sales.customers.tests.factories import AT, a_customer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PALETTE = reverse("ui:palette")


def test_customer_is_found_by_company_and_by_who_bought(signed_in, rep, outsider):
    firm = a_company(name="Halden Foods", owner=rep)
    buyer = a_person(full_name="Ida Holm", company=firm, owner=rep)
    halden = a_customer(by=rep, owner=rep, company=firm, person=buyer)
    lone = a_customer(by=rep, owner=rep, company=None, person=a_person(full_name="Ole Lund"))
    actions.set_contract(
        customer=halden,
        ends_on=date(2199, 3, 1),
        amount=None,
        currency="EUR",
        step="",
        by=rep,
        at=AT,
    )
    client = signed_in(rep)

    def found(text: str) -> str:
        page: str = client.get(PALETTE, {"q": text}).content.decode()
        return page

    assert halden.get_absolute_url() in found("fo")
    assert halden.get_absolute_url() in found("ida")
    assert "contract ends 1 Mar 2199" in found("halden")
    assert lone.get_absolute_url() in found("lund")
    assert halden.get_absolute_url() not in found("lund")
    assert (
        halden.get_absolute_url()
        not in signed_in(outsider).get(PALETTE, {"q": "halden"}).content.decode()
    )


def test_trash_is_not_found(signed_in, rep):
    gone = a_customer(by=rep, owner=rep, company=a_company(name="Halden", owner=rep))
    actions.trash_customer(customer=gone, by=rep, at=AT)

    page = signed_in(rep).get(PALETTE, {"q": "halden"}).content.decode()

    assert gone.get_absolute_url() not in page


def test_finding_costs_one_question_of_customers(signed_in, rep):
    for number in range(7):
        a_customer(by=rep, owner=rep, company=a_company(name=f"Halden {number}", owner=rep))
    client = signed_in(rep)

    with CaptureQueriesContext(connection) as asked:
        client.get(PALETTE, {"q": "halden"})

    about = [one for one in asked if 'FROM "customers_customer"' in one["sql"]]
    assert len(about) == 1


def test_of_many_companies_that_are_meant_the_newest_are_looked_at(rep, monkeypatch):
    firms = [a_company(name=f"Halden {number}", owner=rep) for number in range(3)]
    old, *_others, new = [
        a_customer(by=rep, owner=rep, company=firm, person=None) for firm in firms
    ]
    monkeypatch.setattr(finding, "MOST_MEANT", 2)

    def found(text: str) -> list[Customer]:
        return list(finding.found_through(Customer.objects.all(), text, ways=("company",), most=5))

    assert new in found("halden")
    assert old not in found("halden")
    assert found("halden 0") == [old]
