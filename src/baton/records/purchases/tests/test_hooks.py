from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.records.people.models import Person
from baton.records.people.queries import person_by_email
from baton.records.purchases.actions import (
    create_hook,
    forget_bodies,
    process_delivery,
    trash_hook,
)
from baton.records.purchases.models import Delivery, Hook, Order, Refund, Subscription
from baton.records.purchases.rules import BadPayload, NothingToKeep, read_delivery
from baton.records.purchases.tests.factories import AT
from baton.records.purchases.tests.shops import (
    SECRET,
    SHOPIFY_ORDER,
    STRIPE_CHARGE,
    STRIPE_SUBSCRIPTION,
    WOO_ORDER,
    as_body,
    own_order,
    send,
    shopify,
    standard,
    stripe,
    woocommerce,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def a_shop(kind="standard", secret=SECRET):
    return create_hook(source="shop", kind=kind, secret=secret, by=None, at=AT)[0]


def stamp(**ago):
    return int((timezone.now() - timedelta(**ago)).timestamp())


def read_all():
    while ids := list(Delivery.objects.filter(state="new").values_list("pk", flat=True)):
        for pk in ids:
            process_delivery(delivery_id=pk, at=timezone.now())


def knock(client, found, *, name="m1", **over):
    body = as_body(found)
    asked = {"secret": SECRET, "name": name, "at": stamp(), **over}
    return send(client, "shop", body, standard(body, **asked))


def test_order_of_a_shop_is_kept_and_read(client):
    a_shop()

    assert knock(client, own_order()) == 202
    assert not Order.objects.exists()
    read_all()

    order = Order.objects.get()
    assert (order.source, order.external_id, order.amount, order.state) == (
        "shop",
        "A-1",
        Decimal(90),
        "paid",
    )
    assert order.person == person_by_email("ida@blom.example")
    assert order.lines.get().quantity == 2
    assert Delivery.objects.get().state == "done"


def test_ten_duplicates_have_one_effect(client):
    a_shop()

    assert {knock(client, own_order()) for _turn in range(10)} == {202}
    for turn in range(10):
        knock(client, own_order(), name=f"again {turn}")
    read_all()

    assert (Order.objects.count(), Person.objects.count()) == (1, 1)
    assert Delivery.objects.filter(state="done").count() == 11


def test_bad_old_and_foreign_deliveries_are_refused(client):
    hook = a_shop()
    found, body = own_order(), as_body(own_order())
    good = standard(body, secret=SECRET, name="m1", at=stamp())

    answers = [
        knock(client, found, secret="whsec_" + "QUFB" * 8),
        knock(client, found, at=stamp(minutes=6)),
        knock(client, found, at=stamp(minutes=-6)),
        send(client, "shop", body + b" ", good),
        send(client, "shop", body, {**good, "webhook-id": "m2"}),
        send(client, "shop", body, {}),
        send(client, "nobody", body, good),
    ]
    trash_hook(hook=hook, by=None, at=AT)
    answers.append(send(client, "shop", body, good))

    assert answers == [401, 401, 401, 401, 401, 401, 404, 404]
    assert not Delivery.objects.exists()


def test_csrf_is_no_hurdle_for_a_shop():
    a_shop()

    assert knock(Client(enforce_csrf_checks=True), own_order()) == 202


STORY = [
    own_order(),
    own_order(
        told_at="2026-03-02T09:00:00Z",
        amount="95.00",
        refunds=[{"external_id": "r1", "amount": "20.00", "at": "2026-03-02T09:00:00Z"}],
    ),
    own_order(
        told_at="2026-03-02T10:00:00Z",
        amount="95.00",
        refunds=[{"external_id": "r2", "amount": "5.00", "at": "2026-03-02T10:00:00Z"}],
    ),
    own_order(told_at="2026-03-02T11:00:00Z", amount="95.00", number="#7"),
]


@settings(max_examples=8, deadline=None)
@given(turns=st.lists(st.sampled_from(range(4)), max_size=6), last=st.permutations(range(4)))
def test_whatever_the_order_of_deliveries_the_end_is_the_same(turns, last):
    for model in (Delivery, Order, Hook):
        model._base_manager.all().delete()
    a_shop()

    for place, turn in enumerate([*turns, *last]):
        knock(Client(), STORY[turn], name=f"m{place}")
        read_all()

    order = Order.objects.get()
    assert (order.amount, order.refunded, order.number, order.state) == (
        95,
        25,
        "#7",
        "partly_refunded",
    )
    assert Refund.objects.count() == 2


def test_shopify_order_with_a_refund(client):
    a_shop("shopify", "hush")
    body = as_body(SHOPIFY_ORDER)

    for name in ("w1", "w1", "w2"):
        headers = shopify(body, secret="hush", name=name, topic="orders/updated")
        assert send(client, "shop", body, headers) == 202
    bad = shopify(body, secret="other", name="w3", topic="orders/updated")
    assert send(client, "shop", body, bad) == 401
    read_all()

    order = Order.objects.get()
    assert (order.number, order.amount, order.refunded) == (
        "#1001",
        Decimal("199.90"),
        Decimal("41.94"),
    )
    assert str(order.company) == "Doe Plants"
    assert order.refunds.get().reason == "Broken"


def test_refund_before_its_order_waits_for_it(client):
    a_shop("shopify", "hush")
    refund = as_body(SHOPIFY_ORDER["refunds"][0])
    send(
        client,
        "shop",
        refund,
        shopify(refund, secret="hush", name="w1", topic="refunds/create"),
    )
    read_all()
    assert Delivery.objects.get().state == "waiting"

    order = as_body({**SHOPIFY_ORDER, "refunds": [], "financial_status": "paid"})
    headers = shopify(order, secret="hush", name="w2", topic="orders/paid")
    send(client, "shop", order, headers)
    read_all()

    assert Order.objects.get().refunded == Decimal("41.94")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def test_woocommerce_order(client):
    a_shop("woocommerce", "hush")
    body = as_body(WOO_ORDER)
    headers = woocommerce(body, secret="hush", name="d1", topic="order.updated")

    assert send(client, "shop", body, headers) == 202
    read_all()

    order = Order.objects.get()
    assert (order.number, order.amount, order.refunded, order.lines.get().price) == (
        "#727",
        Decimal("29.35"),
        10,
        3,
    )


def test_stripe_charge_and_the_subscription_that_came_before_it(client):
    a_shop("stripe", "whsec_stripe")
    for found in (STRIPE_SUBSCRIPTION, STRIPE_CHARGE):
        body = as_body(found)
        assert send(client, "shop", body, stripe(body, secret="whsec_stripe", at=stamp())) == 202
        read_all()
    old = as_body({**STRIPE_CHARGE, "id": "evt_3"})
    late = stripe(old, secret="whsec_stripe", at=stamp(minutes=6))
    assert send(client, "shop", old, late) == 401

    order, row = Order.objects.get(), Subscription.objects.get()
    assert (order.amount, order.refunded, order.title) == (49, 9, "Energy desk")
    assert (row.person, row.amount, row.interval, row.name) == (
        order.person,
        49,
        "month",
        "Energy desk",
    )


@pytest.mark.parametrize(
    ("kind", "topic", "body", "what"),
    [
        ("shopify", "orders/create", as_body({**SHOPIFY_ORDER, "financial_status": "pending"}), 0),
        ("shopify", "products/update", as_body({}), 0),
        ("woocommerce", "order.created", as_body({**WOO_ORDER, "status": "on-hold"}), 0),
        ("stripe", "invoice.paid", as_body({}), 0),
        ("shopify", "orders/create", b"webhook_id=3", 1),
        ("shopify", "orders/create", as_body({**SHOPIFY_ORDER, "total_price": "x"}), 1),
        ("stripe", "customer.subscription.created", as_body({"data": 3}), 1),
        ("standard", "order.created", as_body([1]), 1),
    ],
)
def test_what_is_not_for_us_and_what_is_broken(kind, topic, body, what):
    with pytest.raises([NothingToKeep, BadPayload][what]):
        read_delivery(kind, topic=topic, body=body)


def test_broken_delivery_is_shown_and_read_again(client, admin, signed_in):
    a_shop()
    knock(client, own_order(amount="lots"))
    knock(client, own_order(email="", external_id="A-2"), name="m2")
    knock(client, own_order(currency="XXX"), name="m3")
    read_all()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}

    desk = signed_in(admin)
    page = desk.get(reverse("purchases:hooks")).content.decode()
    assert "It cannot be read: amount" in page
    again = Delivery.objects.order_by("pk")[0]
    desk.post(reverse("purchases:read-again", args=[again.key]))
    again.refresh_from_db()
    assert again.state == "new"


def test_secret_is_made_shown_once_and_kept_sealed(admin, signed_in):
    desk, url = signed_in(admin), reverse("purchases:hooks")

    page = desk.post(url, {"source": "shop", "kind": "standard"}).content.decode()

    hook = Hook.objects.get()
    assert hook.secret() in page
    assert hook.secret() not in hook.sealed
    assert hook.secret() not in desk.get(url).content.decode()
    assert desk.post(url, {"source": "shop", "kind": "stripe"}).status_code == 422
    former = hook.secret()
    desk.post(reverse("purchases:change-secret", args=[hook.key]))
    hook.refresh_from_db()
    assert hook.secret() != former
    desk.post(reverse("purchases:delete-hook", args=[hook.key]))
    assert not Hook.objects.living().exists()


def test_only_admins_see_shops(rep, signed_in):
    assert signed_in(rep).get(reverse("purchases:hooks")).status_code == 403


def test_bodies_are_forgotten_after_a_month(client):
    a_shop()
    knock(client, own_order())
    read_all()

    forget_bodies(at=timezone.now() + timedelta(days=31))

    assert bytes(Delivery.objects.get().body) == b""
    assert knock(client, own_order()) == 202
    assert Delivery.objects.count() == 1
