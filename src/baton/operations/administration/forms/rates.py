from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.money.fields import CurrencyField
from baton.core.money.rules import clean_rate


class RateForm(forms.Form):
    """What one unit of a currency cost on a day, in the company's currency."""

    currency = CurrencyField(
        label=_("Currency"),
        widget=forms.TextInput(attrs={"placeholder": "USD", "autocomplete": "off"}),
    )
    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    rate = forms.DecimalField(
        label=_("Rate"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def __init__(self, *args: object, base: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # what a form takes
        self.base = base

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"]
        if code == self.base:
            raise ValidationError(_("This is the company's own currency."))
        return code

    def clean_rate(self) -> Decimal:
        try:
            return clean_rate(self.cleaned_data["rate"])
        except RuleViolation as no:
            raise ValidationError(str(no)) from no
