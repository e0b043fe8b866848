from decimal import Decimal

import pytest

from baton.core.money.rules import Money, format_money, format_money_short


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("48000", "EUR", "€48,000"),
        ("48000.00", "EUR", "€48,000"),
        ("48000.5", "EUR", "€48,000.50"),
        ("9.1", "EUR", "€9.10"),
        ("0", "EUR", "€0"),
        ("-3270", "EUR", "−€3,270"),
        ("1200.4", "JPY", "¥1,200"),
        ("1.5", "KWD", "KWD\u00a01.500"),
        ("1200", "CHF", "CHF\u00a01,200"),
        ("-1200", "CHF", "−CHF\u00a01,200"),
        ("5", "USD", "$5"),
        ("5", "CAD", "CAD\u00a05"),
        ("0.001", "EUR", "€0"),
        ("-0.001", "EUR", "€0"),
    ],
)
def test_money_is_shown_in_full(amount, currency, shown):
    assert format_money(Money(Decimal(amount), currency)) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "€0"),
        ("9.1", "€9.10"),
        ("99.99", "€99.99"),
        ("100.40", "€100"),
        ("590", "€590"),
        ("999.5", "€1k"),
        ("5000", "€5k"),
        ("12500", "€12.5k"),
        ("12549", "€12.5k"),
        ("12550", "€12.6k"),
        ("99960", "€100k"),
        ("866400", "€866k"),
        ("999499", "€999k"),
        ("999950", "€1M"),
        ("1250000", "€1.3M"),
        ("2000000000", "€2bn"),
        ("1234567000000", "€1,235bn"),
        ("-24000", "−€24k"),
    ],
)
def test_money_is_shown_short(amount, shown):
    assert format_money_short(Money(Decimal(amount), "EUR")) == shown
