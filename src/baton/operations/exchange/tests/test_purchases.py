"""Orders and subscriptions out of the exports of shops, beside what the shops tell themselves."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.conftest import created
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.queries import people_by_emails
from baton.records.people.tests.factories import AT
from baton.records.purchases.actions import create_hook, process_delivery
from baton.records.purchases.models import Delivery, Order, OrderLine, Refund, Subscription

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

FIRST = {
    "Name": "#1001",
    "Email": "lena@halden.example",
    "Financial Status": "partially_refunded",
    "Currency": "EUR",
    "Total": "110.00",
    "Created at": "2026-02-03 12:00:00 -0400",
    "Lineitem quantity": "2",
    "Lineitem name": "Oven",
    "Lineitem price": "40.00",
    "Billing Name": "Lena Fischer",
    "Refunded Amount": "30.00",
    "Cancelled at": "",
    "Id": "555001",
    "Accepts Marketing": "yes",
}
FURTHER = {
    name: FIRST[name] if name in {"Name", "Email", "Created at"} else "" for name in FIRST
} | {"Lineitem quantity": "1", "Lineitem name": "Tray", "Lineitem price": "30.00"}
EARLIER = FIRST | {
    "Name": "#1000",
    "Id": "555000",
    "Created at": "2026-01-05 08:00:00 +0000",
    "Financial Status": "paid",
    "Refunded Amount": "0.00",
    "Total": "40.00",
    "Lineitem quantity": "1",
}


def shown(order):
    """What stands in it."""
    lines = order.lines.order_by("position").values_list("name", "quantity", "price")
    return {
        "number": order.number,
        "amount": order.amount,
        "refunded": order.refunded,
        "state": order.state,
        "lines": [f"{name} {quantity.normalize():f} {price}" for name, quantity, price in lines],
        "buyer": str(order.person),
    }


def test_shopify_order_of_two_lines_is_one_with_what_went_back(run_known, write):
    data = run_known(write("orders", FIRST, FURTHER, EARLIER))

    assert created(data) == {"person": 1, "consent": 1, "order": 2}
    assert shown(Order.objects.get(external_id="555001")) == {
        "number": "#1001",
        "amount": Decimal(110),
        "refunded": Decimal(30),
        "state": "partly_refunded",
        "lines": ["Oven 2 40.00", "Tray 1 30.00"],
        "buyer": "Lena Fischer",
    }


def test_buyer_is_known_since_their_first_order_and_a_customer(run_known, write, run_background):
    run_known(write("orders", FIRST, FURTHER, EARLIER))
    run_background()

    lena = Person.objects.get()
    since = (
        StageChange.objects.filter(person=lena).order_by("at", "pk").values_list("to_stage", "at")
    )
    first = datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert (lena.stage, list(since)) == ("customer", [("lead", first), ("customer", first)])


def test_same_file_again_changes_nothing_and_a_later_one_adds_what_is_new(run_known, write):
    run_known(write("orders", FIRST, FURTHER))

    again = run_known(write("again", FIRST, FURTHER))
    later = run_known(write("later", FIRST | {"Refunded Amount": "110.00"}, FURTHER))

    assert again["objects"]["order"]["unchanged"] == 1
    assert later["objects"]["order"]["updated"] == 1
    assert shown(Order.objects.get())["state"] == "refunded"
    assert OrderLine.objects.count() == 2


def test_two_exports_that_overlap_bring_each_line_once(run_known, write):
    run_known(write("january", FIRST, FURTHER), write("february", FIRST, FURTHER, EARLIER))

    assert sorted(OrderLine.objects.values_list("name", flat=True)) == ["Oven", "Oven", "Tray"]


def test_unpaid_orders_are_left_out_with_all_their_lines(run_known, write):
    data = run_known(write("orders", FIRST | {"Financial Status": "pending"}, FURTHER))

    assert (data["skipped"], Order.objects.count(), Person.objects.count()) == (2, 0, 0)


def test_order_of_which_one_line_is_wrong_does_not_come_in_by_half(run_known, write, settings):
    data = run_known(write("orders", FIRST, FURTHER | {"Lineitem quantity": "many"}), code=3)

    assert [error["line"] for error in data["errors"]] == [2, 3]
    assert Order.objects.count() == 0
    [mend] = data["mend"]
    mended = run_known(_mended(mend, "many", "3"))
    assert mended["objects"]["order"]["created"] == 1
    assert shown(Order.objects.get())["lines"] == ["Oven 2 40.00", "Tray 3 30.00"]


def _mended(path, wrong, right):
    """The file to mend, mended."""
    file = Path(path)
    target = file.with_name("mended.csv")
    target.write_text(file.read_text().replace(f",{wrong},", f",{right},"))
    return target


def hear(hook, topic, body):
    """As the shop told it."""
    delivery = Delivery.objects.create(
        hook=hook, delivery_id=topic, topic=topic, body=json.dumps(body).encode(), received_at=AT
    )
    process_delivery(delivery_id=delivery.pk, at=AT)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said) == ("done", "")


TOLD = {
    "id": 555001,
    "name": "#1001",
    "email": "lena@halden.example",
    "financial_status": "partially_refunded",
    "created_at": "2026-02-03T12:00:00-04:00",
    "updated_at": "2026-02-10T12:00:00-04:00",
    "total_price": "110.00",
    "currency": "EUR",
    "line_items": [{"title": "Oven", "quantity": 2, "price": "40.00"}],
    "refunds": [
        {
            "id": 9,
            "created_at": "2026-02-10T12:00:00-04:00",
            "transactions": [{"kind": "refund", "status": "success", "amount": "30.00"}],
        }
    ],
}


@pytest.mark.parametrize("is_file_first", [True, False])
def test_order_that_the_shop_told_of_is_the_one_in_the_file(run_known, write, is_file_first):
    hook = None
    if is_file_first:
        run_known(write("orders", FIRST, FURTHER))
    hook, _secret = create_hook(source="our-shop", kind="shopify", by=None, at=AT)
    hear(hook, "orders/updated", TOLD)
    if not is_file_first:
        run_known(write("orders", FIRST, FURTHER))

    order = Order.objects.get()
    assert (order.refunded, Refund.objects.get().external_id) == (Decimal(30), "9")
    assert shown(order)["lines"] == ["Oven 2 40.00"]  # the shop's word is the later one


def test_undo_takes_orders_and_buyers_back_and_the_same_file_comes_anew(run_known, write, undone):
    file = write("orders", FIRST, FURTHER)
    run_known(file)

    undone(Import.objects.get())

    assert (Order.objects.living().count(), Person.objects.living().count()) == (0, 0)
    assert run_known(file)["objects"]["order"]["created"] == 1
    assert Order.objects.living().count() == 1


def test_undo_leaves_an_order_that_the_shop_told_of(run_known, write, undone):
    hook, _secret = create_hook(source="our-shop", kind="shopify", by=None, at=AT)
    hear(hook, "orders/updated", TOLD | {"refunds": []})
    run_known(write("orders", FIRST, FURTHER))
    assert Order.objects.get().refunded == 30

    undone(Import.objects.get())

    order = Order.objects.living().get()
    assert (order.refunded, order.state) == (0, "paid")


def test_woocommerce_orders_come_with_a_row_for_each_line(run_known, write):
    row = {
        "Order Number": "71",
        "Order Status": "Completed",
        "Order Date": "2026-02-03 12:00",
        "First Name (Billing)": "Lena",
        "Last Name (Billing)": "Fischer",
        "Company (Billing)": "Halden Foods",
        "Email (Billing)": "lena@halden.example",
        "Order Refund Amount": "-10.00",
        "Order Total Amount": "90.00",
        "Item Name": "Oven",
        "Quantity": "2",
        "Item Cost": "40.004",
    }
    gone = {"Order Number": "72", "Order Status": "Cancelled"}

    data = run_known(write("orders", row, row | {"Item Name": "Tray", "Quantity": "1"}, row | gone))

    assert created(data) == {"company": 1, "person": 1, "order": 2}
    first, second = Order.objects.order_by("external_id")
    assert shown(first)["lines"] == ["Oven 2 40.00", "Tray 1 40.00"]
    assert (first.refunded, first.currency, first.number) == (10, "EUR", "#71")
    assert str(first.company) == "Halden Foods"
    assert second.state == "cancelled"


PAID = {
    "id": "ch_1",
    "Created date (UTC)": "2026-02-03 12:00",
    "Amount": "20.00",
    "Amount Refunded": "5.00",
    "Refunded date (UTC)": "2026-02-04 08:00",
    "Currency": "eur",
    "Description": "Desk",
    "Status": "Paid",
    "Customer ID": "cus_1",
    "Customer Email": "lena@halden.example",
}
MONTHLY = {
    "id": "sub_1",
    "Customer ID": "cus_1",
    "Customer Email": "lena@halden.example",
    "Plan": "Desk",
    "Quantity": "2",
    "Currency": "eur",
    "Interval": "month",
    "Amount": "10.00",
    "Status": "canceled",
    "Created (UTC)": "2025-11-03 12:00",
    "Current Period Start (UTC)": "2026-02-03 12:00",
    "Current Period End (UTC)": "2026-03-03 12:00",
    "Canceled At (UTC)": "2026-02-20 12:00",
    "Ended At (UTC)": "",
}


def test_stripe_payments_and_subscriptions_come_together(run_known, write):
    payments = write(
        "payments",
        PAID,
        PAID | {"id": "ch_2", "Status": "Failed"},
        PAID | {"id": "ch_3", "Customer Email": "", "Amount Refunded": "0.00"},
    )
    subscriptions = write("subscriptions", MONTHLY)

    data = run_known(payments, subscriptions)

    assert created(data) == {"person": 1, "order": 2, "subscription": 1}
    assert data["skipped"] == 1
    lena = people_by_emails(["lena@halden.example"])["lena@halden.example"]
    assert {order.person_id for order in Order.objects.all()} == {lena.pk}
    assert Refund.objects.get().at == datetime(2026, 2, 4, 8, tzinfo=UTC)
    [kept] = Subscription.objects.all()
    assert (kept.amount, kept.interval, kept.renews_at) == (20, "month", None)
    assert kept.renewed_at == datetime(2026, 2, 3, 12, tzinfo=UTC)
    assert kept.ended_at == datetime(2026, 3, 3, 12, tzinfo=UTC)
