import pytest
from django.core.exceptions import ValidationError

from baton.core.money.fields import CurrencyField


def test_a_currency_is_read_in_any_case():
    assert CurrencyField().clean(" eur") == "EUR"


def test_what_is_no_currency_is_refused_in_the_words_of_the_rule():
    with pytest.raises(ValidationError, match="“XXY” is not a currency code, like EUR or USD"):
        CurrencyField().clean("XXY")


def test_none_is_fine_where_none_is_asked():
    assert CurrencyField(required=False).clean("") == ""
