from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.access.models import ApiKey
from baton.core.bulk import row_maker, update_rows, write_fields
from baton.core.facts.models import Cursor
from baton.core.money.models import Rate
from baton.core.settings.models import Organisation

MOMENT = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)


@pytest.mark.django_db
def test_each_row_gets_its_own_values_and_others_stay():
    rows = [
        Rate.objects.create(
            currency=code, base_currency="EUR", on=date(2026, 1, 1), rate=1, source="test"
        )
        for code in ("USD", "GBP", "CHF")
    ]

    update_rows(
        Rate,
        {
            rows[0].pk: {"rate": Decimal("1.0853"), "on": date(2026, 2, 1), "source": "it's “new”"},
            rows[1].pk: {"rate": Decimal("0.8421"), "on": date(2026, 2, 2), "source": ""},
            999_999: {"rate": Decimal(9), "on": date(2026, 2, 2), "source": "gone"},
        },
        fields=["rate", "on", "source"],
    )

    found = list(Rate.objects.order_by("pk").values_list("currency", "rate", "on", "source"))
    assert found == [
        ("USD", Decimal("1.0853"), date(2026, 2, 1), "it's “new”"),
        ("GBP", Decimal("0.8421"), date(2026, 2, 2), ""),
        ("CHF", Decimal(1), date(2026, 1, 1), "test"),
    ]


@pytest.mark.django_db
def test_times_and_booleans_and_nothing_come_back_as_they_went(company):
    update_rows(
        Organisation,
        {company.pk: {"created_at": MOMENT, "is_armed": False, "name": "Ünïcode"}},
        fields=["created_at", "is_armed", "name"],
    )

    company.refresh_from_db()
    assert (company.created_at, company.is_armed, company.name) == (MOMENT, False, "Ünïcode")


@pytest.mark.django_db
@pytest.mark.parametrize("scopes", [{"key": "a", "n": [1.5, None, "Ünïcode"]}, [], None])
def test_fields_of_one_row_are_written_by_one_statement(company, admin, scopes):
    rows = [ApiKey.objects.create(user=admin, name=key, digest=key) for key in ("a", "b")]
    rows[0].scopes, rows[0].expires_at, rows[0].name = scopes, MOMENT, "not written"

    with CaptureQueriesContext(connection) as asked:
        write_fields(rows[0], "expires_at", "scopes")

    for row in rows:
        row.refresh_from_db()
    assert [(row.expires_at, row.scopes) for row in rows] == [(MOMENT, scopes), (None, None)]
    assert (len(asked), rows[0].name) == (1, "a")
    empty = ApiKey.objects.filter(scopes__isnull=True)
    assert empty.count() == (1 if scopes is not None else 2)


@pytest.mark.django_db
def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        update_rows(Cursor, {}, fields=["batch"])


@pytest.mark.django_db
def test_rows_made_from_plain_values_are_as_the_constructor_makes_them():
    make = row_maker(Rate)
    plain = make(
        currency="USD", base_currency="EUR", on=MOMENT.date(), rate=Decimal(2), source="bank"
    )
    usual = Rate(
        currency="USD", base_currency="EUR", on=MOMENT.date(), rate=Decimal(2), source="bank"
    )
    names = [field.attname for field in Rate._meta.concrete_fields]

    assert set(names) <= vars(plain).keys()
    assert {name for name in names if vars(plain)[name] != vars(usual)[name]} <= {
        "key",
        "created_at",
    }

    Rate.objects.bulk_create([plain])
    assert Rate.objects.get() == plain
