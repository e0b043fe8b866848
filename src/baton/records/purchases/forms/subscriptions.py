from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.ui.widgets import DayField
from baton.records.purchases.forms.parts import MoneyForm, product_field
from baton.records.purchases.rules import Interval
from baton.records.purchases.words import INTERVALS


class SubscriptionForm(MoneyForm):
    """What is paid again and again."""

    name = forms.CharField(
        label=_("What is paid for"),
        max_length=200,
        required=False,
        help_text=_("Where it is no product of the list."),
    )
    interval = forms.ChoiceField(label=_("Each"), choices=list(INTERVALS.items()))
    started_on = DayField(label=_("Started on"))
    renews_on = DayField(label=_("Renews on"), required=False)

    def __init__(self, data: Any = None, *, today: date, currency: str) -> None:
        usual = {"started_on": today, "currency": currency, "interval": Interval.MONTH.value}
        super().__init__(data, initial=usual)
        self.fields["product"] = product_field()

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("name") and not self.cleaned_data.get("product"):
            self.add_error("name", _("Choose a product or say what is paid for."))

    def title(self) -> str:
        product = self.cleaned_data["product"]
        return str(product or self.cleaned_data["name"])


class RenewForm(forms.Form):
    renewed_on = DayField(label=_("Renewed on"))
    renews_on = DayField(label=_("Renews next on"), required=False)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"renewed_on": today})


class CancelForm(forms.Form):
    cancelled_on = DayField(label=_("Cancelled on"))
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("Empty: at once."))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"cancelled_on": today})
