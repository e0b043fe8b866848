"""The second purchase: when it is time, who is told, and when it is over."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.core.settings.queries import organisation
from baton.records.people.tests.factories import a_company
from baton.records.purchases.tests.factories import an_order
from baton.sales.customers import actions, tasks
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import due_again, usual_second
from baton.sales.customers.rules import Second, second_after
from baton.sales.customers.tests.factories import AT, a_customer, a_won_deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
LATER = AT + 190 * DAY


@pytest.mark.parametrize(
    ("days", "second"),
    [
        ([], Second(days=182, is_measured=False)),
        ([40] * 9, Second(days=182, is_measured=False)),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], Second(days=50, is_measured=True)),
        ([0] * 10, Second(days=1, is_measured=True)),
    ],
)
def test_second_purchase_is_due_after_half_of_those_who_made_one(days, second):
    assert second_after(days) == second


@pytest.fixture
def halden(rep):
    """Bought once, on the first day; looked after since."""
    customer = a_customer(by=rep, owner=rep, company=a_company(name="Halden", owner=rep))
    Customer.objects.update(handover="done")
    customer.refresh_from_db()
    return customer


def due(at=LATER):
    return list(due_again(Customer.objects.living(), second=usual_second(), at=at))


def test_usual_time_is_that_from_the_first_to_the_second_deal_or_order(rep):
    for number in range(10):
        firm = a_company(name=f"Firm {number}", owner=rep)
        a_customer(by=rep, company=firm)
        if number % 2:
            a_won_deal(by=rep, company=firm, at=AT + 30 * DAY)
            a_won_deal(by=rep, company=firm, at=AT + 90 * DAY)
        else:
            an_order(company=firm, by=rep, placed_at=AT + 50 * DAY)

    assert usual_second() == Second(days=30, is_measured=True)


def test_deal_before_they_became_a_customer_hides_no_second_purchase(rep):
    for number in range(10):
        firm = a_company(name=f"Firm {number}", owner=rep)
        a_won_deal(by=rep, company=firm, at=AT - 300 * DAY)
        a_customer(by=rep, company=firm)
        a_won_deal(by=rep, company=firm, at=AT + 30 * DAY)

    assert usual_second() == Second(days=30, is_measured=True)


def test_page_tells_the_day_as_the_calendar_of_the_house_has_it(halden, rep, signed_in):
    """Won at half past midnight in Berlin, while it was the day before in UTC."""
    Customer.objects.update(started_at=AT.replace(day=2, hour=23, minute=30))

    with time_machine.travel(AT + 10 * DAY, tick=False):
        page = signed_in(rep).get(halden.get_absolute_url())

    assert page.context["again"]["on"] == date(2026, 9, 1)


def test_who_bought_once_is_due_when_the_time_has_come(halden):
    assert due(at=AT + 181 * DAY) == []
    assert due() == [halden]


@pytest.mark.parametrize("why", ["bought", "ordered", "open", "gone", "red", "waiting"])
def test_nobody_is_sold_to_again_who_is_or_should_not_be(halden, rep, why):
    match why:
        case "bought":
            a_won_deal(by=rep, company=halden.company, at=AT + 100 * DAY)
        case "ordered":
            an_order(company=halden.company, by=rep)
        case "open":
            a_deal(by=rep, company=halden.company)
        case "gone":
            actions.churn_customer(customer=halden, on=AT.date(), reason="no_use", by=rep, at=AT)
        case "red":
            Customer.objects.update(health="red")
        case "waiting":
            Customer.objects.update(handover="waiting")

    assert due() == []


def test_owner_is_told_once_however_often_somebody_looks(halden, rep, run_background):
    with time_machine.travel(LATER, tick=False):
        tasks.tell_second_purchases.call()
        tasks.tell_second_purchases.call()
        run_background()

    [told] = Notice.objects.filter(kind="customer.second_due")
    assert (told.user, told.what, told.url) == (rep, "Halden", halden.get_absolute_url())
    assert FactRecord.objects.filter(name="customer.second_due").count() == 1


def test_customer_of_nobody_waits_for_an_owner_to_be_told(halden, rep):
    Customer.objects.update(owner=None)
    with time_machine.travel(LATER, tick=False):
        tasks.tell_second_purchases.call()
        before = FactRecord.objects.filter(name="customer.second_due").count()
        Customer.objects.update(owner=rep)
        tasks.tell_second_purchases.call()

    assert (before, FactRecord.objects.filter(name="customer.second_due").count()) == (0, 1)


def test_time_that_came_long_ago_rings_nobody_and_stands_in_the_list(halden):
    with time_machine.travel(AT + 400 * DAY, tick=False):
        tasks.tell_second_purchases.call()

    assert not FactRecord.objects.filter(name="customer.second_due").exists()
    assert due(at=AT + 400 * DAY) == [halden]


def test_restored_copy_tells_nobody(halden):
    house = organisation()
    house.is_armed = False
    house.save(update_fields=["is_armed"])

    with time_machine.travel(LATER, tick=False):
        tasks.tell_second_purchases.call()

    assert not FactRecord.objects.filter(name="customer.second_due").exists()


def test_list_and_page_say_when_and_the_next_deal_ends_it(halden, rep, signed_in):
    client = signed_in(rep)

    with time_machine.travel(LATER, tick=False):
        listed = client.get(reverse("customers:customers"), {"view": "sell"})
        before = client.get(halden.get_absolute_url()).text
        client.post(reverse("customers:next-deal", args=[halden.key]), {"token": "t1"})
        after = client.get(halden.get_absolute_url()).text
        again = client.get(reverse("customers:customers"), {"view": "sell"})

    assert [row.object for row in listed.context["list"].rows] == [halden]
    assert "asked after half a year" in before
    assert "A deal with them is open:" in after
    assert list(again.context["list"].rows) == []
