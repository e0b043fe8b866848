from decimal import Decimal

import pytest

from baton.core.errors import RuleViolation
from baton.core.money.rules import CURRENCIES, check_currency, minor_units
from baton.core.money.rules.amounts import round_to_coin
from baton.core.money.rules.currencies import MINOR_UNITS, SIGNS


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
    assert str(round_to_coin(Decimal(amount), currency=currency)) == rounded


@pytest.mark.parametrize(("currency", "places"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0)])
def test_minor_units_are_those_of_iso_4217(currency, places):
    assert minor_units(currency) == places


def test_tables_name_only_known_currencies():
    named = set(MINOR_UNITS) | {code for meanings in SIGNS.values() for code in meanings}

    assert named <= CURRENCIES
    assert {len(code) for code in CURRENCIES} == {3}


@pytest.mark.parametrize("code", ["EURO", "", "XXX", "e€r"])
def test_an_unknown_currency_is_refused(code):
    with pytest.raises(RuleViolation, match="is not a currency code, like EUR or USD"):
        check_currency(code)
