from decimal import Decimal

import pytest

from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.purchases.models import Order, Refund, Subscription
from baton.records.purchases.tests.factories import a_subscription, an_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ORDERS, SUBSCRIPTIONS = "/api/v1/purchases/orders/", "/api/v1/purchases/subscriptions/"
ORDER = {
    "source": "shop",
    "external_id": "1001",
    "placed_at": "2026-03-02T09:00:00Z",
    "amount": "90.00",
    "currency": "EUR",
    "lines": [{"name": "Kit", "quantity": 2, "price": "45.00"}],
}
SUBSCRIPTION = {
    "source": "shop",
    "external_id": "s1",
    "name": "Desk",
    "interval": "month",
    "amount": "20.00",
    "currency": "EUR",
    "started_at": "2026-03-02T09:00:00Z",
}


def post(client, url, body=None, **headers):
    return client.post(url, body or {}, content_type="application/json", headers=headers)


def test_order_is_created_read_and_known_again(api_client, admin, rep):
    buyer, client = a_person(owner=rep, company=a_company()), api_client(rep)

    made = post(client, ORDERS, {**ORDER, "person": str(buyer.key)})
    again = post(client, ORDERS, {**ORDER, "person": str(buyer.key), "amount": "80.00"})

    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json()["key"] == again.json()["key"]
    read = client.get(f"{ORDERS}{made.json()['key']}/").json()
    assert (Decimal(read["amount"]), read["state"], read["person"]) == (80, "paid", str(buyer.key))
    assert [(line["name"], Decimal(line["quantity"])) for line in read["lines"]] == [("Kit", 2)]
    assert len(client.get(ORDERS, {"source": "shop", "external_id": "1001"}).json()["items"]) == 1


def test_idempotency_key_creates_once(api_client, admin):
    buyer, client = a_person(), api_client(admin)
    body = {**ORDER, "source": "", "external_id": "", "person": str(buyer.key)}

    answers = [post(client, ORDERS, body, **{"Idempotency-Key": "k1"}) for _turn in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json()["key"] for answer in answers}) == 1
    assert Order.objects.count() == 1


def test_buyer_by_mail_is_found_or_made(api_client, rep):
    client = api_client(rep)

    for number in ("1", "2"):
        body = {**ORDER, "external_id": number, "email": "Ida@blom.example", "full_name": "Ida"}
        assert post(client, ORDERS, body).status_code == 201

    assert Person.objects.get().owner == rep
    assert Order.objects.filter(person=Person.objects.get()).count() == 2


def test_refund_once_by_its_key_then_cancel(api_client, admin):
    order, client = an_order(), api_client(admin)
    url = f"{ORDERS}{order.key}/"
    refund = {"amount": "40", "external_id": "r1", "reason": "Broken"}

    assert [post(client, f"{url}refunds/", refund).status_code for _ in "ab"] == [201, 201]
    assert post(client, f"{url}refunds/", {"amount": "51"}).status_code == 409
    assert Refund.objects.count() == 1
    assert Decimal(client.get(url).json()["net_amount"]) == 50
    assert post(client, f"{url}cancel/").json()["state"] == "cancelled"
    assert post(client, f"{url}cancel/").status_code == 409
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404
    assert post(client, f"{url}restore/").status_code == 204


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-1"},
        {"amount": "1.005"},
        {"currency": "euro"},
        {"placed_at": "yesterday"},
        {"source": ""},
        {"person": None},
        {"lines": [{"name": ""}]},
        {"lines": [{"name": "Kit", "quantity": 0}]},
    ],
)
def test_nonsense_is_refused(api_client, admin, wrong):
    buyer = a_person()

    answer = post(api_client(admin), ORDERS, {**ORDER, "person": str(buyer.key), **wrong})

    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_outsider_reaches_nothing(api_client, rep, outsider):
    buyer = a_person(owner=rep, emails=["ida@blom.example"])
    order = an_order(person=buyer, source="shop", external_id="1001")
    row, client = a_subscription(person=buyer), api_client(outsider)

    answers = [
        client.get(f"{ORDERS}{order.key}/"),
        post(client, f"{ORDERS}{order.key}/refunds/", {"amount": "1"}),
        post(client, f"{ORDERS}{order.key}/cancel/"),
        client.delete(f"{ORDERS}{order.key}/"),
        post(client, ORDERS, {**ORDER, "person": str(buyer.key)}),
        post(client, ORDERS, {**ORDER, "external_id": "9", "email": "ida@blom.example"}),
        post(client, ORDERS, {**ORDER, "email": "new@blom.example"}),
        client.get(f"{SUBSCRIPTIONS}{row.key}/"),
        post(client, f"{SUBSCRIPTIONS}{row.key}/cancel/"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert client.get(ORDERS).json()["items"] == []
    assert Order.objects.count() == 1


def test_subscription_is_created_renewed_and_cancelled(api_client, admin):
    buyer, client = a_person(), api_client(admin)
    body = {**SUBSCRIPTION, "person": str(buyer.key)}

    made = post(client, SUBSCRIPTIONS, body)
    post(client, SUBSCRIPTIONS, body)
    url = f"{SUBSCRIPTIONS}{made.json()['key']}/"
    renewed = post(client, f"{url}renew/", {"renews_at": "2026-04-02T09:00:00Z"})
    ended = post(client, f"{url}cancel/", {"ended_at": "2026-05-02T09:00:00Z"})

    assert (made.status_code, Subscription.objects.count()) == (201, 1)
    assert renewed.json()["renewed_at"]
    assert ended.json()["cancelled_at"]
    assert post(client, f"{url}renew/").status_code == 409
    assert len(client.get(SUBSCRIPTIONS).json()["items"]) == 1
    assert client.delete(url).status_code == 204
    assert post(client, f"{url}restore/").status_code == 204
