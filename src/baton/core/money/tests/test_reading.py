from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baton.core.errors import RuleViolation
from baton.core.money.rules import (
    Money,
    UnreadableAmount,
    parse_amount,
    parse_money,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,500.00", "12500.00"),
        ("12.500,00", "12500.00"),
        ("12 500", "12500"),
        ("12\u00a0500,50", "12500.50"),
        ("12\u202f500", "12500"),
        ("12'500.50", "12500.50"),
        ("12’500", "12500"),
        ("12,500", "12500"),  # one comma: thousands, as in English
        ("1,250,000", "1250000"),
        ("1.250.000", "1250000"),
        ("12,34,567.50", "1234567.50"),  # lakhs
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("12,50", "12.50"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        ("1234.50", "1234.50"),
        ("1 234.50", "1234.50"),
        ("0", "0"),
        ("€48k", "48000"),
        ("€ 48 k", "48000"),
        ("48k€", "48000"),
        ("12.5k", "12500"),
        ("1.25 mio EUR", "1250000"),
        ("1,2m", "1200000"),
        ("2bn", "2000000000"),
        ("EUR 1,200.50", "1200.50"),
        ("eur 5", "5"),
        ("1200.50 EUR", "1200.50"),
        ("-5", "-5"),
        ("−€5.50", "-5.50"),
        ("€-5", "-5"),
        ("  7  ", "7"),
        ("9,999,999,999,999.99", "9999999999999.99"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert parse_amount(text, currency="EUR") == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” is not an amount, like 12,500 or 12,500.50."),
        ("abc", "“abc” is not an amount, like 12,500 or 12,500.50."),
        ("12 50", "“12 50” is not an amount, like 12,500 or 12,500.50."),
        ("1.2.3", "“1.2.3” is not an amount, like 12,500 or 12,500.50."),
        ("1,2345.00", "“1,2345.00” is not an amount, like 12,500 or 12,500.50."),
        ("1,234 567", "“1,234 567” is not an amount, like 12,500 or 12,500.50."),
        ("1.234,567.89", "“1.234,567.89” is not an amount, like 12,500 or 12,500.50."),
        ("--5", "“--5” is not an amount, like 12,500 or 12,500.50."),
        ("€5€", "“€5€” is not an amount, like 12,500 or 12,500.50."),
        ("1e5", "“1e5” is not an amount, like 12,500 or 12,500.50."),
        ("nan", "“nan” is not an amount, like 12,500 or 12,500.50."),
        ("١٢", "“١٢” is not an amount, like 12,500 or 12,500.50."),
        ("12,", "“12,” is not an amount, like 12,500 or 12,500.50."),
        ("9" * 41, f"“{'9' * 40}” is not an amount, like 12,500 or 12,500.50."),
        ("12.500", "“12.500” could be 12500 or 12.50: write one of these."),
        ("12.500123k", "“12.500123k” has too many decimals: EUR has 2."),
        ("1234.567", "“1234.567” has too many decimals: EUR has 2."),
        (
            "10,000,000,000,000",
            "“10,000,000,000,000” is more than 9,999,999,999,999.99, the most that can be kept.",
        ),
        (
            "9999999999999999999999999999bn",
            "“9999999999999999999999999999bn” is more than 9,999,999,999,999.99, "
            "the most that can be kept.",
        ),
        ("$5", "“$5” is in USD: write the amount in EUR."),
        ("5 XYZ", "“XYZ” is not a currency code, like EUR or USD."),
    ],
)
def test_what_is_no_amount_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(RuleViolation) as refusal:
        parse_amount(text, currency="EUR")

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "currency", "money"),
    [
        ("12.500", "KWD", Money(Decimal("12.5"), "KWD")),  # three decimals are usual there
        ("$5", "EUR", Money(Decimal(5), "USD")),
        ("$5", "CAD", Money(Decimal(5), "CAD")),
        ("¥500", "CNY", Money(Decimal(500), "CNY")),
        ("¥500", "EUR", Money(Decimal(500), "JPY")),
        ("48 MAD", "EUR", Money(Decimal(48), "MAD")),
        ("48 BND", "EUR", Money(Decimal(48), "BND")),
        ("5", "GBP", Money(Decimal(5), "GBP")),
    ],
)
def test_the_text_may_name_the_currency(text, currency, money):
    assert parse_money(text, currency=currency) == money


@given(st.text(alphabet="0123456789.,' kmbn€$EURUSD-", max_size=50))
def test_any_text_is_read_or_refused(text):
    try:
        amount = parse_amount(text, currency="EUR")
    except RuleViolation:
        return
    assert amount == amount.quantize(Decimal("0.01"))


def test_refusals_are_also_value_errors():
    with pytest.raises(ValueError, match="not an amount"):
        parse_amount("?", currency="EUR")
    assert issubclass(UnreadableAmount, RuleViolation)
