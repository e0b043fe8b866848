from datetime import timedelta
from decimal import Decimal

import pytest

from baton.core.changes.actions import undo
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.purchases.actions import (
    cancel_purchase,
    refund_purchase,
    trash_subscriptions,
)
from baton.records.purchases.tests.factories import AT, a_subscription, an_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LATER = AT + timedelta(days=10)


def stage_of(person):
    return Person.objects.values_list("stage", flat=True).get(pk=person.pk)


def customer_days(person):
    moves = StageChange.objects.filter(person=person, to_stage="customer", is_back=False)
    return list(moves.order_by("at").values_list("at", "cause"))


@pytest.mark.parametrize("stage", ["lead", "mql", "sal", "sql", "opportunity"])
def test_purchase_makes_a_customer_from_any_stage(stage, run_background):
    buyer = a_person(at=AT - timedelta(days=9))
    run_background()
    move_person(person_id=buyer.pk, to_stage=stage, at=AT - timedelta(days=5), cause="x.y")

    an_order(person=buyer)
    run_background()

    assert (stage_of(buyer), customer_days(buyer)) == ("customer", [(AT, "purchase.made")])
    buyer.refresh_from_db()
    assert (buyer.owner, buyer.origin) == (None, "marketing")


def test_started_subscription_makes_a_customer(run_background):
    row = a_subscription()
    run_background()
    assert customer_days(row.person) == [(AT, "subscription.started")]

    trash_subscriptions(subscription_ids=[row.pk], by=None, at=LATER)
    run_background()
    assert (stage_of(row.person), customer_days(row.person)) == ("lead", [])


def test_cancelled_purchase_makes_none(admin, run_background):
    order = an_order()
    run_background()

    batch = cancel_purchase(order=order, by=admin, at=LATER)
    run_background()
    assert (stage_of(order.person), customer_days(order.person)) == ("lead", [])

    undo(batch=batch, by=admin, at=LATER)
    run_background()
    assert customer_days(order.person) == [(AT, "purchase.made")]


def test_second_purchase_keeps_the_customer(admin, run_background):
    first = an_order()
    an_order(person=first.person, placed_at=LATER)
    run_background()

    cancel_purchase(order=first, by=admin, at=LATER)
    run_background()

    assert customer_days(first.person) == [(LATER, "purchase.made")]
    assert stage_of(first.person) == "customer"


def test_refunded_buyer_stays_a_customer(admin, run_background):
    order = an_order()
    refund_purchase(order=order, amount=Decimal(90), refunded_at=LATER, by=admin, at=LATER)
    run_background()

    assert stage_of(order.person) == "customer"


def test_purchase_of_a_customer_by_a_deal_is_kept_and_not_told(run_background):
    buyer = a_person(at=AT - timedelta(days=9))
    run_background()
    move_person(person_id=buyer.pk, to_stage="customer", at=AT, cause="deal.won")

    an_order(person=buyer, placed_at=LATER)
    an_order(person=buyer, placed_at=LATER + timedelta(days=1))
    run_background()

    assert customer_days(buyer) == [(AT, "deal.won"), (LATER, "purchase.made")]
