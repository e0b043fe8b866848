"""Fields that several forms share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.money.rules import parse_amount
from baton.core.ui.widgets import KeptChoiceField
from baton.sales.deals.queries import owners_for, owners_named


class AmountField(forms.CharField):
    """An amount as people write it ("12,500.50", "€48k"); None when empty."""

    def __init__(self, *, currency: str, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.currency = currency
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Decimal | None:
        """Raises ValidationError in the words of the money rules."""
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_amount(text, currency=self.currency)
        except RuleViolation as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if amount < 0:
            raise forms.ValidationError(_("Enter an amount of 0 or more."))
        return amount

    def prepare_value(self, value: Any) -> Any:
        """The figure alone: the currency stands in the label."""
        if not isinstance(value, Decimal):
            return value
        is_whole = value == value.to_integral_value()
        return f"{value:,.0f}" if is_whole else f"{value:,f}"


class OwnerField(KeptChoiceField):
    """Those who may own a deal, as far as this user may hand one on."""

    def __init__(self, *, user: User, present: User | None = None, **kwargs: Any) -> None:
        super().__init__(
            among=lambda: owners_for(user, present=present),
            shown=lambda: owners_named(user, present=present),
            empty_label=None,
            **kwargs,
        )


def text_field(**kwargs: Any) -> forms.CharField:
    """One line of text, trimmed, without control characters that a database refuses."""
    return forms.CharField(strip=True, **kwargs)
