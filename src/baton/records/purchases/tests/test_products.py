from decimal import Decimal

import pytest

from baton.core.changes.actions import LostRace, undo
from baton.core.changes.models import Change
from baton.records.purchases import actions, rules
from baton.records.purchases.queries import products_by_names
from baton.records.purchases.tests.factories import AT, a_product


@pytest.mark.parametrize(
    ("amount", "currency", "fits"),
    [
        (None, "", True),
        (Decimal(0), "EUR", True),
        (Decimal("12.50"), "EUR", True),
        (Decimal(12), "", False),
        (Decimal(12), "euro", False),
        (Decimal(-1), "EUR", False),
    ],
)
def test_price_needs_its_currency(amount, currency, fits):
    assert rules.is_price(amount, currency) is fits


@pytest.mark.django_db
class TestProducts:
    def test_taken_name_is_refused(self):
        a_product(name="Meter One")

        with pytest.raises(actions.ProductTaken, match="meter one"):
            a_product(name="meter one")

    @pytest.mark.parametrize(
        "values",
        [
            {"name": " "},
            {"name": "x" * 161},
            {"name": "ß" * 81},  # compared as “ss”
            {"price": Decimal(1)},
            {"code": "x" * 61},
        ],
    )
    def test_nonsense_is_refused(self, values):
        product = a_product()

        with pytest.raises(actions.BadProduct):
            actions.edit_product(product=product, values=values, version=None, by=None, at=AT)

    def test_edit_is_written_down_and_taken_back(self, admin):
        product = a_product(name="Meter One", price=Decimal("10.00"), currency="eur")
        actions.edit_product(
            product=product,
            values={"price": Decimal("12.50"), "name": "Meter 1"},
            version=1,
            by=admin,
            at=AT,
        )

        undo(batch=Change.objects.latest("pk").batch, by=admin, at=AT)

        product.refresh_from_db()
        assert (product.name, product.sort_key, product.price, product.currency) == (
            "Meter One",
            "meter one",
            Decimal("10.00"),
            "EUR",
        )

    def test_lost_race_writes_nothing(self):
        product = a_product(family="Meters")
        actions.edit_product(product=product, values={"family": "A"}, version=1, by=None, at=AT)

        with pytest.raises(LostRace):
            actions.edit_product(product=product, values={"family": "B"}, version=1, by=None, at=AT)

        product.refresh_from_db()
        assert product.family == "A"

    def test_deleted_product_frees_its_name_and_comes_back_when_it_is_free(self, admin):
        product = a_product(name="Meter One")
        batch = actions.trash_products(product_ids=[product.pk], by=admin, at=AT)
        assert products_by_names(["Meter One"]) == {}

        undo(batch=batch, by=admin, at=AT)

        assert products_by_names(["METER  ONE"]) == {"METER  ONE": product}
