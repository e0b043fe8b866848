from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.records.discovery.actions import trash_answers
from baton.records.discovery.rules import Question
from baton.records.discovery.tests.factories import a_guide, answers
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.tests.factories import a_product
from baton.records.timeline.actions import add_task
from baton.sales.customers.models import Customer, FavourTerms
from baton.sales.customers.permissions import EDIT_CUSTOMERS
from baton.sales.customers.tests.factories import a_customer, a_won_deal
from baton.sales.deals.actions import Line, set_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LIST = reverse("customers:customers")


@pytest.fixture
def cora(south):
    return create_user(
        name="Cora",
        role=Role.CUSTOMER_OWNER,
        email="cora@fennmark.example",
        password="Cora",
        team=south,
    )


def _url(name: str, customer: Customer) -> str:
    return reverse(f"customers:{name}", args=[customer.key])


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.HEAD_OF_SALES])
def test_who_leads_the_house_sees_customers_whoever_sold_to_them(signed_in, rep, role):
    customer = a_customer(by=rep, company=a_company(name="Halden", owner=rep))
    leader = create_user(name="Ada", role=role, email="ada@fennmark.example", password="Ada")

    page = signed_in(leader).get(LIST).content.decode()

    assert "Halden" in page
    assert Customer.objects.reached_by(leader, EDIT_CUSTOMERS).get() == customer


def test_list_costs_the_same_whatever_its_length(signed_in, rep):
    a_customer(by=rep, company=a_company(name="Halden", owner=rep))
    client = signed_in(rep)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(12):
        a_customer(by=rep, company=a_company(name=f"Firm {number}", owner=rep))
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(few) == len(many)


def test_list_is_searched_and_narrowed(signed_in, rep, cora):
    a_customer(by=rep, owner=rep, company=a_company(name="Halden", owner=rep))
    a_customer(by=rep, company=a_company(name="Corvid", owner=rep))
    client = signed_in(rep)

    def shown(**asked: str) -> list[str]:
        return sorted(str(row.object) for row in client.get(LIST, asked).context["list"].rows)

    assert shown() == ["Corvid", "Halden"]
    assert shown(q="hal") == ["Halden"]
    assert shown(view="mine") == ["Halden"]
    assert shown(view="waiting") == ["Corvid"]
    assert shown(filter='[1,["handover","is","none"]]') == ["Halden"]


def test_brief_tells_what_is_known(signed_in, rep, cora):
    firm = a_company(name="Halden", owner=rep)
    customer = a_customer(
        by=rep, company=firm, note="Call before ten", need="Audit in May", decision_maker="Ida Holm"
    )
    deal = customer.deal
    assert deal
    line = Line(product=a_product(name="Meter One"), quantity=Decimal(3), price=Decimal(90))
    set_lines(deal=deal, lines=[line], by=rep, at=deal.created_at)
    add_task(title="Send the audit sheet", owner=rep, by=rep, at=deal.created_at, deal_id=deal.pk)

    page = signed_in(cora).get(customer.get_absolute_url()).content.decode()

    for words in ("Call before ten", "Audit in May", "Ida Holm", "Meter One", "audit sheet"):
        assert words in page
    assert f'href="{deal.get_absolute_url()}"' not in page  # of another team: told, not opened


def test_brief_tells_what_was_answered_on_the_first_call(signed_in, rep, cora):
    customer = a_customer(by=rep)
    assert customer.deal
    assert customer.person
    before = answers(customer.person, by=rep)
    other = a_guide(Question(code="q1", text="Which plants?"))
    answers(a_person(), by=rep, guide=other)
    trashed = a_guide(Question(code="q1", text="Who decides?"))
    gone = answers(customer.person, by=rep, guide=trashed)
    trash_answers(discovery_ids=[gone.pk], by=rep, at=before.at)

    page = signed_in(cora).get(customer.get_absolute_url()).content.decode()

    assert "How many meters do you read?" in page
    assert "Eleven" in page
    assert "Which plants?" not in page
    assert "Who decides?" not in page
    assert "Hardly anything was written down" not in page


def test_owner_takes_over_and_undoes_it(signed_in, rep, cora):
    customer = a_customer(by=rep, at=timezone.now())
    client = signed_in(cora)

    page = client.post(_url("accept", customer), follow=True)
    customer.refresh_from_db()
    again = client.post(_url("accept", customer))

    assert "First call made" in page.content.decode()
    assert customer.accepted_at
    assert again.status_code == 409


def test_colleague_looks_outsider_finds_nothing(signed_in, rep, colleague, outsider):
    customer = a_customer(by=rep, owner=rep)

    assert signed_in(colleague).get(customer.get_absolute_url()).status_code == 200
    assert signed_in(colleague).post(_url("give", customer)).status_code == 404
    assert signed_in(outsider).get(customer.get_absolute_url()).status_code == 404


def test_seller_says_to_whom_they_go(signed_in, rep, cora, colleague):
    customer = a_customer(by=rep)
    client = signed_in(rep)

    bad = client.post(_url("give", customer), {"owner": "nobody", "note": "Kept"})
    client.post(_url("give", customer), {"owner": colleague.key, "note": "Likes mail"})
    customer.refresh_from_db()

    assert (bad.status_code, "Kept" in bad.content.decode()) == (422, True)
    assert (customer.owner, customer.note) == (colleague, "Likes mail")


def test_won_deal_of_old_begins_from_the_companys_page(signed_in, rep):
    firm = a_company(name="Halden", owner=rep)
    deal = a_won_deal(by=rep, company=firm)
    client = signed_in(rep)
    start = reverse("customers:start", args=[deal.key])

    assert start in client.get(firm.get_absolute_url()).content.decode()
    client.post(start)

    assert Customer.objects.get().company == firm
    assert "looks after them" in client.get(firm.get_absolute_url()).content.decode()


def test_how_favours_are_asked_for_is_changed_by_who_manages(signed_in, admin, rep):
    url, client = reverse("customers:asking"), signed_in(admin)
    typed = {"version": 1, "review_url": "g2.example/us", "favour_months": "9"}

    client.post(url, typed)
    stale = client.post(url, {**typed, "favour_months": "8"})

    agreed = FavourTerms.objects.get()
    assert stale.status_code == 422
    assert (agreed.review_url, agreed.favour_months) == ("https://g2.example/us", 9)
    assert signed_in(rep).get(url).status_code == 403


def test_home_shows_what_is_to_be_taken_over(signed_in, rep, cora):
    customer = a_customer(by=rep)

    assert str(customer) in signed_in(cora).get("/").content.decode()
    assert "Customers to take over" not in signed_in(rep).get("/").content.decode()


def test_list_says_whom_reports_count(signed_in, rep):
    halden = a_company(name="Halden", owner=rep)
    a_customer(by=rep, company=halden)
    for name in ("Ann Lund", "Bo Lund"):
        bought = a_person(full_name=name, company=halden, owner=rep)
        Person.objects.filter(pk=bought.pk).update(stage="customer")
    a_person(full_name="Cy Moe", owner=rep)
    client = signed_in(rep)

    page = client.get(LIST)
    people = client.get(page.context["people_url"]).content.decode()

    assert "Reports count people" in page.content.decode()
    assert ("Ann Lund" in people, "Bo Lund" in people, "Cy Moe" in people) == (True, True, False)
