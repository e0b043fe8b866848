from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from baton.core.changes.models import Change
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.models import Order, Refund, Subscription
from baton.records.purchases.tests.factories import AT, a_product, a_subscription, an_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LIST, NEW = reverse("purchases:orders"), reverse("purchases:new-order")
SUBSCRIPTIONS = reverse("purchases:subscriptions")
TYPED = {"amount": "1,200.50", "currency": "EUR", "placed_on": "2026-03-02", "name": "Kit"}


def test_purchases_are_listed_with_their_sum(signed_in, rep, django_assert_max_num_queries):
    for place in range(20):
        an_order(person=a_person(owner=rep), number=f"#{place}")
    an_order(person=a_person(owner=rep), currency="USD")
    client = signed_in(rep)
    client.get(LIST)

    with django_assert_max_num_queries(13):
        page = client.get(LIST)
    found = client.get(LIST, {"q": "#7"})

    words = " ".join(page.content.decode().split())
    assert "<b>€1,800</b> from 21 purchases, 1 of unknown worth" in words
    assert [row.object.number for row in found.context["list"].rows] == ["#7"]
    assert found.context["sums"].net == 90


def test_purchases_are_filtered_and_grouped(signed_in, admin):
    order = an_order(amount=Decimal(500))
    an_order(amount=Decimal(20))
    client = signed_in(admin)

    big = client.get(LIST, {"filter": '[1,["amount",">",100]]'})
    grouped = client.get(LIST, {"group": "state"})

    assert grouped.status_code == 200
    assert [row.object.pk for row in big.context["list"].rows] == [order.pk]
    assert big.context["sums"].net == 500


def test_empty_list_leads_to_the_first_one(signed_in, admin):
    page = signed_in(admin).get(LIST).content.decode()

    assert "without a rep stands here" in page
    assert NEW in page


def test_purchase_is_added_by_hand_and_taken_back(signed_in, rep):
    buyer, client = a_person(owner=rep, company=a_company()), signed_in(rep)
    choose = client.get(NEW, {"q": buyer.full_name})
    assert f"{NEW}?person={buyer.key}" in choose.content.decode()

    client.post(f"{NEW}?person={buyer.key}", TYPED)

    order = Order.objects.get()
    assert (order.person, order.company, order.amount, order.source, order.title) == (
        buyer,
        buyer.company,
        Decimal("1200.50"),
        "by hand",
        "Kit",
    )
    assert client.get(order.get_absolute_url()).status_code == 200
    batch = Change.objects.get(object_type="order").batch
    client.post(reverse("changes:undo", args=[batch]))
    assert not Order.objects.visible_to(rep).exists()


def test_product_of_the_list_becomes_the_line(signed_in, admin):
    kit, buyer = a_product(name="Starter kit"), a_company()
    url = f"{NEW}?company={buyer.key}"

    signed_in(admin).post(url, {**TYPED, "name": "", "product": kit.pk})

    line = Order.objects.get().lines.get()
    assert (line.product, line.name, line.price) == (kit, "Starter kit", Decimal("1200.50"))


@pytest.mark.parametrize(
    "wrong",
    [{"amount": ""}, {"amount": "x"}, {"amount": "-3"}, {"currency": "EURO"}, {"placed_on": "x"}],
)
def test_nonsense_comes_back_with_its_form(signed_in, admin, wrong):
    buyer = a_person()

    page = signed_in(admin).post(f"{NEW}?person={buyer.key}", {**TYPED, **wrong})

    assert page.status_code == 422
    assert not Order.objects.exists()


def test_refund_and_cancel_on_the_page(signed_in, admin):
    order, client = an_order(), signed_in(admin)
    url = reverse("purchases:refund", args=[order.key])

    too_much = client.post(url, {"amount": "91", "refunded_on": "2026-03-03"})
    client.post(url, {"amount": "40", "refunded_on": "2026-03-03", "reason": "Broken"})
    page = client.get(order.get_absolute_url()).content.decode()

    assert too_much.status_code == 422
    assert "left to refund" in too_much.content.decode()
    assert Refund.objects.get().amount == 40
    assert ("Broken" in page, "€50<" in page) == (True, True)

    cancel = reverse("purchases:cancel-order", args=[order.key])
    client.post(cancel)
    again = client.post(cancel)
    order.refresh_from_db()
    assert (order.state, again.status_code) == ("cancelled", 409)


def test_purchase_is_deleted(signed_in, admin):
    order = an_order()

    signed_in(admin).post(reverse("purchases:delete-order", args=[order.key]))

    assert not Order.objects.visible_to(admin).exists()


def test_subscription_is_started_renewed_and_cancelled(signed_in, admin):
    buyer, client = a_person(), signed_in(admin)
    typed = {"name": "Desk", "amount": "20", "currency": "EUR", "interval": "month"}
    client.post(
        f"{reverse('purchases:new-subscription')}?person={buyer.key}",
        {**typed, "started_on": "2026-03-02", "renews_on": "2026-04-02"},
    )
    row = Subscription.objects.get()

    client.post(reverse("purchases:renew", args=[row.key]), {"renewed_on": "2026-04-02"})
    wrong = client.post(reverse("purchases:cancel-subscription", args=[row.key]), {})
    client.post(
        reverse("purchases:cancel-subscription", args=[row.key]),
        {"cancelled_on": "2026-04-12", "ends_on": "2026-05-02"},
    )

    row.refresh_from_db()
    assert wrong.status_code == 422
    assert row.renewed_at
    assert row.cancelled_at
    assert row.ended_at
    assert client.get(row.get_absolute_url()).status_code == 200
    assert len(client.get(SUBSCRIPTIONS).context["list"].rows) == 1

    client.post(reverse("purchases:delete-subscription", args=[row.key]))
    assert not Subscription.objects.visible_to(admin).exists()


def test_panels_tell_sum_latest_and_subscriptions(signed_in, rep):
    firm = a_company(owner=rep)
    buyer = a_person(owner=rep, company=firm)
    for days in range(7):
        an_order(person=buyer, placed_at=AT + timedelta(days=days))
    a_subscription(person=buyer, renews_at=AT + timedelta(days=30))
    a_subscription(person=buyer, ended_at=AT + timedelta(days=40))
    client = signed_in(rep)

    for record in (buyer, firm):
        page = " ".join(client.get(record.get_absolute_url()).content.decode().split())
        assert "renews <time" in page
        assert "ends <time" in page
        assert "<b>€630</b> in all" in page
        assert "and 2 earlier ones" in page
        assert "Running" in page


def test_outsider_finds_nothing(signed_in, rep, outsider):
    order = an_order(person=a_person(owner=rep))
    row = a_subscription(person=order.person)
    client = signed_in(outsider)

    answers = [
        client.get(order.get_absolute_url()),
        client.get(row.get_absolute_url()),
        client.post(reverse("purchases:refund", args=[order.key]), {"amount": "1"}),
        client.post(reverse("purchases:cancel-order", args=[order.key])),
        client.post(reverse("purchases:delete-order", args=[order.key])),
        client.post(reverse("purchases:renew", args=[row.key])),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert not client.get(LIST).context["list"].rows
