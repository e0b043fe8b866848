from datetime import timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from baton.core.changes.actions import undo
from baton.core.facts.models import FactRecord
from baton.core.money.actions import set_rate
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.actions import (
    BadPurchase,
    BadRefund,
    CancelledAlready,
    NewLine,
    NewPurchase,
    NewRefund,
    cancel_purchase,
    record_purchases,
    refund_purchase,
    trash_purchases,
)
from baton.records.purchases.models import Order, OrderLine, Refund
from baton.records.purchases.tests.factories import AT, a_product, an_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
SHOP = {"source": "shop", "external_id": "1001"}


def told(name):
    return FactRecord.objects.filter(name=name, retracted_at=None)


def the_order():
    return Order.objects.get()


def news(**over):
    usual = {"placed_at": AT, "amount": Decimal(90), "currency": "EUR", **SHOP}
    return NewPurchase(**{**usual, **over})


def test_an_order_has_its_lines_worth_and_fact():
    firm = a_company()
    buyer = a_person(company=firm)
    kit = a_product(name="Starter kit")

    an_order(person=buyer, lines=[NewLine(name="starter  KIT"), NewLine(name="Cable")])

    order, fact = the_order(), told("purchase.made").get()
    assert (order.company, order.base_amount, order.net_amount, order.rate_on) == (
        firm,
        Decimal(90),
        Decimal(90),
        AT.date(),
    )
    assert list(order.lines.order_by("position").values_list("product", "name")) == [
        (kit.pk, "starter KIT"),
        (None, "Cable"),
    ]
    assert (fact.person_id, fact.company_id, fact.touch) == (buyer.pk, firm.pk, "theirs")
    assert fact.payload["title"] == "starter KIT, Cable"


def test_the_same_order_twice_is_one():
    buyer = a_person()
    first = news(person=buyer, refunds=[NewRefund(amount=Decimal(10), at=AT, external_id="r1")])

    record_purchases(new=[first, first], at=AT)
    [again] = record_purchases(new=[first], at=AT)

    assert (Order.objects.count(), Refund.objects.count()) == (1, 1)
    assert (again.is_new, again.is_changed) == (False, False)
    assert (told("purchase.made").count(), told("purchase.refunded").count()) == (1, 1)


def test_news_in_any_order_ends_alike():
    said = [
        {"told_at": AT, "lines": [NewLine(name="Kit")]},
        {
            "told_at": AT + timedelta(hours=1),
            "amount": Decimal(95),
            "lines": [NewLine(name="Kit"), NewLine(name="Cable")],
            "refunds": [NewRefund(amount=Decimal(20), at=AT, external_id="r1")],
        },
        {
            "told_at": AT + timedelta(hours=2),
            "amount": Decimal(95),
            "refunds": [NewRefund(amount=Decimal(30), at=AT, external_id="r2")],
        },
    ]
    buyer = a_person()
    ends = set()
    for place, turns in enumerate(permutations(said)):
        for one in turns:
            record_purchases(new=[news(person=buyer, **one, external_id=f"{place}")], at=AT)
        order = Order.objects.get(external_id=f"{place}")
        ends.add((order.amount, order.refunded, order.state, order.net_amount))

    assert ends == {(Decimal(95), Decimal(50), "partly_refunded", Decimal(45))}


def test_sum_of_refunds_only_grows_by_what_is_new():
    buyer = a_person()
    for refunded in ("10", "10", "90"):
        record_purchases(new=[news(person=buyer, refunded=Decimal(refunded))], at=AT)

    assert list(Refund.objects.order_by("pk").values_list("amount", flat=True)) == [10, 80]
    assert (the_order().state, the_order().net_amount) == ("refunded", 0)


def test_cancelled_order_is_no_purchase():
    buyer = a_person()
    record_purchases(new=[news(person=buyer, cancelled_at=AT)], at=AT)

    assert (the_order().state, the_order().net_amount) == ("cancelled", 0)
    assert not told("purchase.made").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"person": None},
        {"amount": Decimal("-1")},
        {"amount": Decimal("1.005")},
        {"amount": Decimal("NaN")},
        {"refunded": Decimal("-1")},
        {"lines": [NewLine(name=" ")]},
        {"lines": [NewLine(name="Kit", quantity=Decimal(0))]},
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(BadPurchase):
        record_purchases(new=[news(**{"person": a_person(), **wrong})], at=AT)

    assert not Order.objects.exists()


def test_refund_by_hand_is_taken_back(admin):
    order = an_order()

    refund, batch = refund_purchase(
        order=order, amount=Decimal(40), refunded_at=AT, reason="Broken", by=admin, at=AT
    )
    order.refresh_from_db()
    assert (order.state, order.net_amount, refund.reason) == ("partly_refunded", 50, "Broken")
    with pytest.raises(BadRefund):
        refund_purchase(order=order, amount=Decimal(51), refunded_at=AT, by=admin, at=AT)

    undo(batch=batch, by=admin, at=AT)
    order.refresh_from_db()
    assert (order.state, order.net_amount) == ("paid", 90)


def test_cancelled_by_hand_is_taken_back(admin):
    order = an_order()

    batch = cancel_purchase(order=order, by=admin, at=AT)
    assert (the_order().state, the_order().net_amount) == ("cancelled", 0)
    with pytest.raises(CancelledAlready):
        cancel_purchase(order=order, by=admin, at=AT)

    undo(batch=batch, by=admin, at=AT)
    assert (the_order().state, the_order().net_amount) == ("paid", 90)
    assert told("purchase.cancelled").count() == told("purchase.reopened").count() == 1


def test_trashed_order_comes_back(admin):
    order = an_order()

    batch = trash_purchases(order_ids=[order.pk], by=admin, at=AT)
    assert not Order.objects.visible_to(admin).exists()

    undo(batch=batch, by=admin, at=AT)
    assert Order.objects.visible_to(admin).exists()


def test_import_of_an_order_is_undone_field_by_field(admin):
    buyer = a_person()
    record_purchases(new=[news(person=buyer)], at=AT)
    refund = NewRefund(amount=Decimal(5), at=AT, external_id="r1")
    batch = an_order(person=buyer).key  # any fresh one
    record_purchases(
        new=[news(person=buyer, amount=Decimal(80), number="#7", refunds=[refund])],
        at=AT,
        batch=batch,
        cause="import",
    )

    undo(batch=batch, by=admin, at=AT)

    order = Order.objects.get(external_id="1001")
    assert (order.amount, order.number, order.refunded, order.net_amount) == (90, "", 0, 90)


def test_worth_follows_the_rate_of_its_day(run_background):
    order = an_order(currency="USD")
    assert (order.base_amount, order.net_amount) == (None, None)

    set_rate(
        currency="USD", base_currency="EUR", on=AT.date(), rate=Decimal("0.5"), source="x", at=AT
    )
    run_background()

    order.refresh_from_db()
    assert (order.base_amount, order.net_amount, order.rate_on) == (45, 45, AT.date())


def test_thousand_orders_cost_a_handful_of_statements(django_assert_max_num_queries):
    buyers = [a_person() for _place in range(3)]
    new = [
        news(person=buyers[place % 3], external_id=str(place), lines=[NewLine(name="Kit")])
        for place in range(300)
    ]

    with django_assert_max_num_queries(20):
        record_purchases(new=new, at=AT)

    assert (Order.objects.count(), OrderLine.objects.count()) == (300, 300)


def test_who_sees_the_person_sees_the_order(rep, colleague, outsider, admin):
    mine = an_order(person=a_person(owner=rep))
    firms = an_order(company=a_company(owner=rep))

    seen = {user: set(Order.objects.visible_to(user)) for user in (rep, colleague, outsider, admin)}

    assert seen == {
        rep: {mine, firms},
        colleague: {mine, firms},
        outsider: set(),
        admin: {mine, firms},
    }
