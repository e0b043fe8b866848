"""What is on a customer's page for whom: no more of other records than they show themselves."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from baton.core.facts import publish
from baton.core.settings.models import Organisation
from baton.qualification.handoff.events import NeedConfirmed
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.actions import add_task
from baton.sales.customers.tests.factories import AT, a_customer
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def _page(client, customer):
    return client.get(customer.get_absolute_url()).content.decode()


@pytest.fixture
def kept_from(company):
    """Fields of deals that reps do not see."""

    def keep(**kinds: list[str]) -> None:
        Organisation.objects.update(field_limits={"rep": {"deal": kinds}})

    return keep


def test_brief_tells_no_task_of_a_deal_that_its_reader_does_not_see(signed_in, rep, outsider):
    firm = a_company(name="Halden", owner=rep)
    customer = a_customer(by=rep, company=firm)
    other = a_deal(by=outsider, company=firm, name="Other")
    add_task(
        title="Their secret", deal_id=other.pk, company=firm, owner=outsider, by=outsider, at=AT
    )
    add_task(title="Send the manual", company=firm, owner=outsider, by=outsider, at=AT)

    shown = _page(signed_in(rep), customer)

    assert "Send the manual" in shown
    assert "Their secret" not in shown


def test_need_that_is_hidden_is_not_told_by_what_was_said_before(signed_in, rep, kept_from):
    person = a_person(full_name="Ann Lind", owner=rep)
    customer = a_customer(by=rep, person=person)
    with transaction.atomic():
        publish(NeedConfirmed(happened_at=AT, person_id=person.pk, need="Fewer outages"))
    client = signed_in(rep)
    before = _page(client, customer)

    kept_from(hidden=["need"])

    assert "Fewer outages" in before
    assert "Fewer outages" not in _page(client, customer)


def test_refused_form_shows_the_page_without_what_is_hidden(signed_in, rep, kept_from):
    customer = a_customer(by=rep, company=a_company(name="Halden", owner=rep))
    Deal.objects.update(competitor="Corvid")
    kept_from(hidden=["competitor"])

    url = reverse("customers:issue", args=[customer.key])
    refused = signed_in(rep).post(url, {"issue": ""})

    assert refused.status_code == 422
    assert "Corvid" not in refused.content.decode()


def test_next_deal_that_wants_more_says_so(signed_in, rep, kept_from):
    customer = a_customer(by=rep, company=a_company(name="Halden", owner=rep), at=timezone.now())
    kept_from(required=["amount"])

    url = reverse("customers:next-deal", args=[customer.key])
    refused = signed_in(rep).post(url, {"token": "t1"})

    assert refused.status_code == 409
    assert "Amount" in refused.content.decode()
    assert Deal.objects.count() == 1


def test_next_deal_of_a_long_name_fits(signed_in, rep):
    customer = a_customer(by=rep, company=a_company(name="H" * 250, owner=rep))

    signed_in(rep).post(reverse("customers:next-deal", args=[customer.key]), {"token": "t1"})

    assert len(Deal.objects.latest("pk").name) <= 200
    assert Deal.objects.count() == 2
