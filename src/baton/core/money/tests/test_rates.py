from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from baton.core.errors import RuleViolation
from baton.core.facts.models import FactRecord
from baton.core.money import actions, queries
from baton.core.money.events import RateSet
from baton.core.money.models import Rate
from baton.core.money.rules import InBase, RateBook

AT = datetime(2024, 6, 12, 9, tzinfo=UTC)
JAN_1, JAN_31, FEB_1, FEB_2 = (date(2024, *day) for day in [(1, 1), (1, 31), (2, 1), (2, 2)])


def set_dollar(on: date, rate: str, source: str = "by hand") -> Rate:
    return actions.set_rate(
        currency="USD", base_currency="EUR", on=on, rate=Decimal(rate), source=source, at=AT
    )


@pytest.fixture
def _dollar(db: None) -> None:
    set_dollar(JAN_1, "0.90")
    set_dollar(FEB_1, "0.92")


@pytest.mark.usefixtures("_dollar")
@pytest.mark.parametrize(
    ("currency", "base", "on", "value"),
    [
        ("USD", "EUR", date(2023, 12, 31), InBase(None, None)),
        ("USD", "EUR", JAN_1, InBase(Decimal("90.00"), JAN_1)),
        ("USD", "EUR", JAN_31, InBase(Decimal("90.00"), JAN_1)),
        ("USD", "EUR", FEB_2, InBase(Decimal("92.00"), FEB_1)),
        ("EUR", "USD", FEB_2, InBase(None, None)),  # the way back is another rate
        ("GBP", "EUR", FEB_2, InBase(None, None)),
        ("EUR", "EUR", FEB_2, InBase(Decimal("100.00"), FEB_2)),
    ],
)
def test_the_latest_rate_known_on_the_day_counts(currency, base, on, value):
    amount = Decimal(100)

    assert queries.in_base(amount, currency=currency, base=base, on=on) == value
    assert queries.rates_into(base).in_base(amount, currency=currency, on=on) == value


@pytest.mark.parametrize(
    ("rate", "worth"), [("1.2", Decimal("9600000000000.00")), ("1.3", None), ("10000000", None)]
)
def test_worth_beyond_what_is_kept_is_unknown(db, rate, worth):
    set_dollar(JAN_1, rate)
    amount = Decimal(8_000_000_000_000)

    assert queries.in_base(amount, currency="USD", base="EUR", on=JAN_1).amount == worth
    assert queries.rates_into("EUR").in_base(amount, currency="USD", on=JAN_1).amount == worth


@pytest.mark.usefixtures("_dollar")
def test_a_book_of_rates_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        book = queries.rates_into("EUR")
        for day in (JAN_1, JAN_31, FEB_1):
            book.in_base(Decimal(1), currency="USD", on=day)


@pytest.mark.django_db
def test_converted_amounts_have_the_coins_of_the_base_currency():
    actions.set_rate(
        currency="EUR", base_currency="JPY", on=JAN_1, rate=Decimal("164.155"), source="", at=AT
    )

    value = queries.in_base(Decimal("10.01"), currency="EUR", base="JPY", on=FEB_1)

    assert value == InBase(Decimal(1643), JAN_1)


@pytest.mark.django_db
def test_a_rate_set_again_replaces_that_of_the_day():
    set_dollar(JAN_1, "0.90")
    set_dollar(JAN_1, "0.90")
    set_dollar(JAN_1, "0.91", source="ECB")

    assert list(Rate.objects.values_list("on", "rate", "source")) == [
        (JAN_1, Decimal("0.91"), "ECB")
    ]
    assert [fact.as_fact() for fact in FactRecord.objects.order_by("id")] == [
        RateSet(happened_at=AT, currency="USD", base_currency="EUR", on=JAN_1, rate=Decimal(rate))
        for rate in ("0.90", "0.91")
    ]


@pytest.mark.django_db
@given(st.decimals(Decimal("0.0000001"), Decimal(10_000_000), places=12))
def test_the_database_gives_back_the_rate_that_was_set(rate):
    stored = set_dollar(JAN_1, str(rate))

    assert Rate.objects.get().rate == stored.rate
    assert abs(stored.rate - rate) <= rate * Decimal("1e-11")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rate": Decimal(0)}, "above 0, like 1.0825"),
        ({"rate": Decimal(-1)}, "above 0, like 1.0825"),
        ({"rate": Decimal("NaN")}, "above 0, like 1.0825"),
        ({"rate": Decimal(10_000_001)}, "above 0, like 1.0825"),
        ({"currency": "XYZ"}, "“XYZ” is not a currency code"),
        ({"currency": "eur"}, "between two currencies, both are EUR"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(change, sentence):
    wanted = {"currency": "USD", "base_currency": "EUR", "on": JAN_1, "rate": Decimal(1)}

    with pytest.raises(RuleViolation, match=sentence):
        actions.set_rate(**{**wanted, **change}, source="by hand", at=AT)

    assert not Rate.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        {"currency": "USD", "base_currency": "EUR", "rate": 0},
        {"currency": "EUR", "base_currency": "EUR", "rate": 1},
    ],
)
def test_the_database_refuses_a_rate_that_cannot_be(row):
    with pytest.raises(IntegrityError):
        Rate.objects.create(on=JAN_1, source="by hand", **row)


def test_rates_in_any_order_make_the_same_book():
    rates = [("USD", FEB_1, Decimal("0.92")), ("USD", JAN_1, Decimal("0.90"))]

    book = RateBook(rates, base="EUR")

    assert book.in_base(Decimal(1), currency="USD", on=JAN_31) == InBase(Decimal("0.90"), JAN_1)
