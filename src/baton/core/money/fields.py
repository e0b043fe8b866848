"""What forms ask of money."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField

from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency


class CurrencyField(CharField):
    """A currency's code by ISO 4217, in any case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 3, **kwargs})

    def clean(self, value: Any) -> str:
        """The code in capitals; raises ValidationError in the words of the money rules."""
        typed: str = super().clean(value)
        try:
            return check_currency(typed) if typed else typed
        except RuleViolation as no:
            raise ValidationError(str(no)) from no
