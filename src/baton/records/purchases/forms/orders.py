from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.ui.widgets import DayField
from baton.records.purchases.actions import NewLine
from baton.records.purchases.forms.parts import MoneyForm, product_field, read_amount
from baton.records.purchases.models import Order


class OrderForm(MoneyForm):
    """A purchase by hand: one line, or none."""

    placed_on = DayField(label=_("Bought on"))
    number = forms.CharField(
        label=_("Order number"), max_length=60, required=False, help_text=_("As the buyer has it.")
    )
    name = forms.CharField(
        label=_("What was bought"),
        max_length=200,
        required=False,
        help_text=_("Where it is no product of the list."),
    )

    def __init__(self, data: Any = None, *, today: date, currency: str) -> None:
        super().__init__(data, initial={"placed_on": today, "currency": currency})
        self.fields["product"] = product_field()

    def lines(self) -> list[NewLine] | None:
        """The product at the whole amount."""
        product = self.cleaned_data["product"]
        name = product.name if product else self.cleaned_data["name"]
        if not name:
            return None
        return [NewLine(name=name, product=product, price=self.cleaned_data["amount"])]


class RefundForm(forms.Form):
    """What went back of one order, in its currency."""

    amount = forms.CharField(
        label=_("Amount"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    refunded_on = DayField(label=_("Refunded on"))
    reason = forms.CharField(label=_("Why"), max_length=250, required=False)

    def __init__(self, data: Any = None, *, order: Order, today: date) -> None:
        left = order.amount - order.refunded
        super().__init__(data, initial={"amount": left, "refunded_on": today})
        self._currency = order.currency

    def clean_amount(self) -> Decimal:
        return read_amount(self.cleaned_data["amount"], currency=self._currency)
