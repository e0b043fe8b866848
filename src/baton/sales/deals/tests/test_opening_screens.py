"""A new deal, and the settings of pipelines."""

from decimal import Decimal

import pytest
from django.urls import reverse

from baton.records.people.tests.factories import a_company, a_person
from baton.sales.deals import actions
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.tests.factories import a_deal, a_stage

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def url(name, *args):
    return reverse(f"deals:{name}", args=args)


@pytest.fixture
def deal(company, rep):
    lead = a_person(full_name="Jonas Berg", company=a_company(name="Northwind"), owner=rep)
    return a_deal(by=rep, name="120 sensors", person=lead, amount=Decimal(48_000))


@pytest.fixture
def browser(rep, signed_in):
    return signed_in(rep)


def test_new_deal_from_a_person(company, rep, browser):
    lead = a_person(full_name="Jonas Berg", company=a_company(name="Northwind"), owner=rep)
    address = f"{url('new')}?person={lead.key}"
    page = browser.get(address)
    sent = {"name": "Pilot", "amount": "9,500", "currency": "EUR", "next_step": "Call"}
    sent |= {"stage": str(a_stage("Qualified").key), "owner": rep.pk, "token": "t1"}

    first = browser.post(address, sent)
    second = browser.post(address, sent)

    deal = Deal.objects.get()
    assert "Northwind" in page.content.decode()
    assert first["Location"] == second["Location"] == deal.get_absolute_url()
    assert (deal.name, deal.amount, deal.stage.name, deal.person) == (
        "Pilot",
        9_500,
        "Qualified",
        lead,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"amount": "-1"},
        {"currency": "XXX"},
        {"stage": "nowhere"},
        {"owner": "99999"},
        {"close_on": "never"},
    ],
)
def test_new_deal_form_refuses_bad_input(company, rep, browser, change):
    stage = a_stage("New")
    sent = {"name": "Pilot", "currency": "EUR", "stage": str(stage.key), "owner": rep.pk} | change

    answer = browser.post(f"{url('new')}?person={a_person(owner=rep).key}", sent)

    assert answer.status_code == 422
    assert not Deal.objects.exists()


def test_new_deal_asks_with_whom_first(company, rep, browser):
    a_person(full_name="Jonas Berg", owner=rep)

    page = browser.get(url("new"), {"q": "jonas"})

    assert "Jonas Berg" in page.content.decode()
    assert browser.get(url("new"), {"q": "nobody"}).status_code == 200
    assert browser.get(url("new"), {"person": "x", "company": "\x07"}).status_code == 200


def test_pipelines_are_managed_by_who_may(company, admin, signed_in):
    pipeline = actions.ensure_default_pipeline()
    client = signed_in(admin)
    meeting = a_stage("Meeting")

    assert client.get(url("pipelines")).status_code == 200
    client.post(url("add-stage", pipeline.key), {"name": "Legal", "probability": 90})
    client.post(url("stage", meeting.key), {"name": "Demo", "probability": 45, "version": 1})
    client.post(url("stage", meeting.key), {"move": "-1"})
    client.post(url("pipeline", pipeline.key), {"name": "Sales"})
    client.post(url("pipelines"), {"name": "Renewals"})
    client.post(url("remove-stage", a_stage_of(pipeline, "Proposal").key), {"move_to": meeting.key})

    names = Stage.objects.living().filter(pipeline=pipeline).order_by("position")
    assert list(names.values_list("name", flat=True)) == [
        "New",
        "Demo",
        "Qualified",
        "Negotiation",
        "Legal",
        "Won",
        "Lost",
    ]
    assert client.get(url("pipelines")).content.decode().count("Renewals") >= 1


def a_stage_of(pipeline, name):
    return Stage.objects.living().get(pipeline=pipeline, name=name)


@pytest.mark.parametrize("sent", [{"name": ""}, {"name": "X", "probability": "101"}])
def test_pipeline_page_refuses_bad_input(company, admin, signed_in, sent):
    pipeline = actions.ensure_default_pipeline()

    answer = signed_in(admin).post(url("add-stage", pipeline.key), sent)

    assert answer.status_code == 422
    assert Stage.objects.count() == 7
