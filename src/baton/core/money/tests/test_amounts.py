from decimal import Decimal

import pytest

from baton.core.errors import RuleViolation
from baton.core.money.rules import CURRENCIES, MixedCurrencies, Money, convert, minor_units
from baton.core.money.rules.currencies import MINOR_UNITS, SIGNS


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("10.005", "EUR", "10.01"),
        ("-10.005", "EUR", "-10.01"),
        ("10.0049", "EUR", "10.00"),
        ("1200.5", "JPY", "1201"),
        ("1.2345", "KWD", "1.235"),
    ],
)
def test_money_rounds_to_the_smallest_coin(amount, currency, rounded):
    assert str(Money(Decimal(amount), currency).rounded().amount) == rounded


@pytest.mark.parametrize(("currency", "places"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0)])
def test_minor_units_are_those_of_iso_4217(currency, places):
    assert minor_units(currency) == places


def test_tables_name_only_known_currencies():
    named = set(MINOR_UNITS) | {code for meanings in SIGNS.values() for code in meanings}

    assert named <= CURRENCIES
    assert {len(code) for code in CURRENCIES} == {3}


def test_sums_are_exact():
    assert eur("0.10") + eur("0.20") == eur("0.30")
    assert eur("1") - eur("1.01") == eur("-0.01")
    assert eur("0.333") * 3 == eur("0.999")
    assert -eur("5") < eur("-4.99")
    assert eur("5") <= eur("5.00")


def test_two_currencies_do_not_add_up():
    dollars = Money(Decimal(1), "USD")

    for operation in (eur("1").__add__, eur("1").__sub__, eur("1").__lt__, eur("1").__le__):
        with pytest.raises(MixedCurrencies, match="EUR and USD do not add up: convert one first"):
            operation(dollars)


@pytest.mark.parametrize(
    ("amount", "rate", "into", "converted"),
    [
        ("100", "1.0825", "USD", "108.25"),
        ("0.01", "164.2", "JPY", "2"),
        ("10", "0.333", "KWD", "3.330"),
    ],
)
def test_converted_amounts_are_rounded(amount, rate, into, converted):
    assert convert(eur(amount), rate=Decimal(rate), into=into) == Money(Decimal(converted), into)


@pytest.mark.parametrize("code", ["EURO", "", "XXX", "e€r"])
def test_an_unknown_currency_is_refused(code):
    with pytest.raises(RuleViolation, match="is not a currency code, like EUR or USD"):
        Money(Decimal(1), code)


def test_a_code_in_small_letters_is_refused_so_that_equal_money_is_equal():
    with pytest.raises(RuleViolation, match="in capitals"):
        Money(Decimal(1), "eur")


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_an_amount_is_a_finite_number(amount):
    with pytest.raises(ValueError, match="finite"):
        eur(amount)
