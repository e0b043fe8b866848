import pytest

from baton.records.purchases.models import Product
from baton.records.purchases.tests.factories import a_product

pytestmark = pytest.mark.django_db
PRODUCTS = "/api/v1/purchases/"


def send(method, url, body, **headers):
    return method(url, body, content_type="application/json", headers=headers)


def test_product_lives_through_the_api(api_client, admin):
    client = api_client(admin)
    body = {"name": "Meter One", "price": "10.00", "currency": "EUR"}
    made, again = (
        send(client.post, PRODUCTS, body, **{"Idempotency-Key": "1"}) for _twice in range(2)
    )
    url = f"{PRODUCTS}{made.json()['key']}/"

    edited = send(client.patch, url, {"version": 1, "is_sold": False})
    stale = send(client.patch, url, {"version": 1, "is_sold": True})

    assert (made.status_code, again.json()) == (201, made.json())
    assert (edited.status_code, stale.status_code) == (200, 409)
    read = client.get(url).json()
    assert (read["price"], read["is_sold"]) == ("10.00", False)
    assert len(client.get(PRODUCTS).json()["items"]) == 1
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "A", "price": "1"},
        {"name": "A", "price": "-1", "currency": "EUR"},
        {"name": "A", "x": 1},
    ],
)
def test_bad_product_is_refused(api_client, admin, body):
    assert send(api_client(admin).post, PRODUCTS, body).status_code in {409, 422}
    assert not Product.objects.exists()


def test_rep_reads_products_and_changes_none(api_client, rep):
    product = a_product(name="Meter One")
    client = api_client(rep)
    url = f"{PRODUCTS}{product.key}/"

    assert client.get(url).status_code == 200
    assert send(client.patch, url, {"version": 1, "name": "X"}).status_code == 403
    assert send(client.post, PRODUCTS, {"name": "New"}).status_code == 403
    assert client.delete(url).status_code == 403
    assert Product.objects.living().get().name == "Meter One"
