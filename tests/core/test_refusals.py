import pytest
from django.utils.translation import gettext

from baton.core import errors
from baton.core.errors import RuleViolation, Word
from baton.core.money.rules import UnreadableAmount, parse_amount


def test_refusal_of_a_rule_is_translated_when_it_is_read(monkeypatch):
    german = {"%(day)s is %(what)s.": "%(day)s ist %(what)s.", "Monday": "Montag"}
    refusal = RuleViolation("%(day)s is %(what)s.", day=Word("Monday"), what="Monday")

    assert str(refusal) == "Monday is Monday."

    monkeypatch.setattr(errors, "_translate", german.__getitem__)

    assert str(refusal) == "Montag ist Monday."


def test_refusal_with_a_percent_sign_stays_as_it_was_typed():
    assert str(RuleViolation("100 % is %(not a value)")) == "100 % is %(not a value)"


def test_refusals_of_rules_speak_through_django():
    with pytest.raises(UnreadableAmount) as refusal:
        parse_amount("100 %(x)s", currency="EUR")

    assert str(refusal.value) == "“100 %(x)s” is not an amount, like 12,500 or 12,500.50."
    assert errors._translate is gettext
