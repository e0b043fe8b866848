"""Fields that these forms share."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.errors import RuleViolation
from baton.core.money.fields import CurrencyField
from baton.core.money.rules import parse_amount
from baton.core.settings.queries import organisation_zone
from baton.records.purchases.models import Product

NOON = time(12)


class MoneyForm(forms.Form):
    """An amount as people write it, read in the currency beside it."""

    amount = forms.CharField(
        label=gettext_lazy("Amount"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    currency = CurrencyField(label=gettext_lazy("Currency"), help_text=gettext_lazy("Like EUR."))

    def clean(self) -> dict[str, Any] | None:
        text, currency = self.cleaned_data.get("amount"), self.cleaned_data.get("currency")
        if text and currency:
            try:
                self.cleaned_data["amount"] = read_amount(text, currency=currency)
            except forms.ValidationError as no:
                self.add_error("amount", no)
        return None


def read_amount(text: str, *, currency: str) -> Decimal:
    """Raises ValidationError in the words of the money rules."""
    try:
        amount = parse_amount(text, currency=currency)
    except RuleViolation as no:
        raise forms.ValidationError(str(no)) from no
    if amount < 0:
        raise forms.ValidationError(_("Enter an amount of 0 or more."))
    return amount


def product_field(**kwargs: Any) -> "forms.ModelChoiceField[Product]":
    return forms.ModelChoiceField(
        label=gettext_lazy("Product"),
        queryset=Product.objects.living().filter(is_sold=True).order_by("sort_key"),
        required=False,
        empty_label=gettext_lazy("None of ours"),
        **kwargs,
    )


def moment_of(day: date, *, at: datetime) -> datetime:
    """Of today the moment it is, of another day its noon where the organisation is."""
    zone: ZoneInfo = organisation_zone()
    if day == at.astimezone(zone).date():
        return at
    return datetime.combine(day, NOON, zone).astimezone(UTC)
