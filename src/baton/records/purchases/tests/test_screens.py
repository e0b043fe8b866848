from decimal import Decimal

import pytest
from django.urls import reverse

from baton.records.purchases.models import Product
from baton.records.purchases.tests.factories import a_product

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("purchases:products"), reverse("purchases:new")


def test_products_are_listed_and_searched(signed_in, rep, django_assert_max_num_queries):
    for place in range(20):
        a_product(
            name=f"Meter {place:02}", family="Meters", price=Decimal("1200.50"), currency="EUR"
        )
    a_product(name="Service", code="SV-1")
    client = signed_in(rep)
    client.get(LIST)

    with django_assert_max_num_queries(10):
        page = client.get(LIST)
    found = client.get(LIST, {"q": "sv-1"})

    assert "€1,200.50" in page.content.decode()
    assert NEW not in page.content.decode()
    assert [row.object.name for row in found.context["list"].rows] == ["Service"]


def test_product_is_added_and_edited(signed_in, admin):
    client = signed_in(admin)
    typed = {"name": "Meter One", "price": "10.50", "currency": "eur", "is_sold": "on"}

    client.post(NEW, typed)
    product = Product.objects.get()
    edit = reverse("purchases:edit", args=[product.key])
    client.post(edit, {**typed, "price": "", "is_sold": "", "version": 1})
    stale = client.post(edit, {**typed, "name": "Other", "version": 1})

    product.refresh_from_db()
    assert (product.name, product.price, product.currency, product.is_sold) == (
        "Meter One",
        None,
        "",
        False,
    )
    page = stale.content.decode()
    assert stale.status_code == 422
    assert 'value="Other"' in page
    assert "Name: Meter One" in page

    client.post(
        edit, {**typed, "name": "Other", "version": stale.context["form"]["version"].value()}
    )
    product.refresh_from_db()
    assert product.name == "Other"


@pytest.mark.parametrize(
    "typed",
    [{"name": ""}, {"name": "A", "price": "x"}, {"name": "A", "price": "1", "currency": "€"}],
)
def test_nonsense_is_refused_in_the_form(signed_in, admin, typed):
    assert signed_in(admin).post(NEW, typed).status_code == 422
    assert not Product.objects.exists()


@pytest.mark.parametrize("name", ["purchases:edit", "purchases:delete"])
def test_rep_changes_no_product(signed_in, rep, name):
    product = a_product(name="Meter One")
    client = signed_in(rep)

    assert client.get(product.get_absolute_url()).status_code == 200
    assert client.post(reverse(name, args=[product.key]), {"name": "X"}).status_code == 403
    assert Product.objects.living().get().name == "Meter One"


def test_deleted_product_comes_back(signed_in, admin):
    product = a_product(name="Meter One")
    client = signed_in(admin)

    client.post(reverse("purchases:delete", args=[product.key]))

    page = client.get(LIST).content.decode()
    [undo] = [
        part.split('"')[0] for part in page.split('action="') if "/undo/" in part.split('"')[0]
    ]
    assert client.get(product.get_absolute_url()).status_code == 404
    client.post(undo)
    assert client.get(product.get_absolute_url()).status_code == 200
