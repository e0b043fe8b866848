import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.records.people.tests.factories import a_company
from baton.records.purchases.tests.factories import an_order
from baton.sales.customers import actions
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import repeat_rate, to_remind
from baton.sales.customers.rules import mark_of
from baton.sales.customers.tests.factories import AT, a_customer, a_won_deal
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)
TODAY = AT.date()


def _contract(customer: Customer, *, days: int, step: str = "", **over: Any) -> Customer:
    actions.set_contract(
        customer=customer,
        ends_on=TODAY + days * DAY,
        amount=Decimal(1200),
        currency="EUR",
        step=step,
        at=AT,
        **over,
    )
    customer.refresh_from_db()
    return customer


@pytest.mark.parametrize(
    ("days", "mark"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (0, 30), (-5, 30)]
)
def test_mark_is_the_nearest_that_is_reached(days, mark):
    assert mark_of(TODAY + days * DAY, today=TODAY) == mark


def test_each_mark_reminds_once(rep, run_background):
    customer = _contract(a_customer(by=rep), days=100, by=rep)
    run_background()

    told = [
        actions.remind_of_renewal(customer=customer, at=AT + days * DAY)
        for days in (5, 10, 11, 40, 70, 75)
    ]
    run_background()

    assert told == [False, True, False, True, True, False]
    marks = FactRecord.objects.filter(name="customer.renewal_near").order_by("pk")
    assert [one["mark"] for one in marks.values_list("payload", flat=True)] == [90, 60, 30]
    assert Notice.objects.filter(user=rep, kind="customer.renewal_near").count() == 3


def test_reminders_slept_through_are_one(rep):
    customer = _contract(a_customer(by=rep), days=100, by=rep)

    assert actions.remind_of_renewal(customer=customer, at=AT + 80 * DAY)
    assert not actions.remind_of_renewal(customer=customer, at=AT + 81 * DAY)


def test_renewal_without_a_next_step_shows_in_the_health(rep):
    customer = _contract(a_customer(by=rep), days=80, by=rep)
    assert (customer.health, customer.reasons) == ("amber", "renewal:amber:80")

    customer = _contract(customer, days=20, by=rep)
    assert customer.reasons == "renewal:red:20"

    assert _contract(customer, days=20, step="Call Ida", by=rep).health == "green"


def test_renewed_reminds_anew_and_undo_takes_it_back(rep):
    customer = _contract(a_customer(by=rep), days=20, by=rep)
    actions.remind_of_renewal(customer=customer, at=AT)
    renew: dict[str, Any] = {"customer": customer, "amount": None, "currency": "EUR", "by": rep}

    with pytest.raises(actions.NotLater):
        actions.renew_contract(ends_on=TODAY, at=AT, **renew)
    batch = actions.renew_contract(ends_on=TODAY + 385 * DAY, at=AT, **renew)
    customer.refresh_from_db()
    assert (customer.reminded, customer.health) == (None, "green")

    undo(batch=batch, by=rep, at=AT)
    customer.refresh_from_db()
    assert (customer.contract_ends_on, customer.contract_amount) == (
        TODAY + 20 * DAY,
        Decimal(1200),
    )


def test_gone_with_a_reason_and_won_back(rep):
    customer = _contract(a_customer(by=rep), days=20, by=rep)

    batch = actions.churn_customer(customer=customer, on=TODAY, reason="price", by=rep, at=AT)
    customer.refresh_from_db()
    assert (customer.churned_on, customer.churn_reason) == (TODAY, "price")
    assert (customer.health, customer.reasons) == ("gray", "")  # nothing is owed to who is gone
    assert not actions.remind_of_renewal(customer=customer, at=AT)
    with pytest.raises(actions.HasChurned):
        actions.churn_customer(customer=customer, on=TODAY, reason="price", by=rep, at=AT)

    undo(batch=batch, by=rep, at=AT)
    customer.refresh_from_db()
    assert (customer.churned_on, customer.health) == (None, "red")


def test_repeat_rate_counts_second_wins_and_purchases(rep, outsider):
    firms = [a_company(name=name, owner=rep) for name in ("Halden", "Corvid", "Lund")]
    for firm in firms:
        a_customer(by=rep, company=firm)
    a_won_deal(by=rep, company=firms[0])
    an_order(company=firms[1], by=rep)

    found = repeat_rate(rep)

    assert (found.repeated, found.count) == (2, 3)
    assert repeat_rate(outsider).count == 0


def test_screens_set_renew_end_and_open_the_next_deal(signed_in, rep):
    customer = a_customer(by=rep, company=a_company(name="Halden", owner=rep), at=timezone.now())
    client = signed_in(rep)

    def post(name: str, **typed: str) -> Any:
        return client.post(reverse(f"customers:{name}", args=[customer.key]), typed)

    soon = (timezone.now() + 20 * DAY).date().isoformat()
    bad = post("contract", ends_on=soon, amount="a lot", currency="EUR", step="")
    post("contract", ends_on=soon, amount="1,200.50", currency="eur", step="")
    listed = client.get(reverse("customers:renewals")).content.decode()
    early = post("renew", ends_on="2020-01-01", amount="", currency="EUR")
    post("next-deal", token="t1")
    post("next-deal", token="t1")
    post("churn", on=soon, reason="no_use")
    customer.refresh_from_db()

    assert (bad.status_code, "a lot" in bad.content.decode(), early.status_code) == (422, True, 422)
    assert "Halden" in listed
    assert "€1,200.50" in listed
    assert Deal.objects.filter(name="Halden: next deal", owner=rep).count() == 1
    assert customer.churn_reason == "no_use"
    gone = client.get(reverse("customers:renewals"), {"view": "gone"})
    assert [str(row.object) for row in gone.context["list"].rows] == ["Halden"]


@pytest.mark.parametrize("name", ["contract", "renew"])
def test_who_saves_an_old_page_of_the_contract_is_told(signed_in, rep, name):
    customer = _contract(a_customer(by=rep), days=100, step="Send the offer", by=rep)
    client = signed_in(rep)
    until = (TODAY + 200 * DAY).isoformat()
    typed = {"ends_on": until, "amount": "1300", "currency": "EUR", "step": "Old"}

    def save(version):
        url = reverse(f"customers:{name}", args=[customer.key])
        return client.post(url, {**typed, "version": version}).status_code

    assert save(customer.version - 1) == 422
    customer.refresh_from_db()
    assert customer.renewal_step == "Send the offer"
    assert save(customer.version) == 302


def test_each_label_of_the_contract_means_a_control_of_its_own(signed_in, rep):
    customer = _contract(a_customer(by=rep), days=100, by=rep)

    page = signed_in(rep).get(customer.get_absolute_url()).content.decode()

    ids = re.findall(r' id="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_contract_that_has_ended_does_not_end_soon(rep):
    customer = _contract(a_customer(by=rep), days=-5, by=rep)

    assert list(to_remind(today=TODAY, most=9)) == []
    assert not actions.remind_of_renewal(customer=customer, at=AT)
    assert actions.remind_of_renewal(customer=customer, at=AT - 5 * DAY)
