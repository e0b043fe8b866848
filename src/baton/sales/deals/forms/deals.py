"""A new deal, its lines, its next step."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.fields.controls import OwnForm
from baton.core.keys import new_key
from baton.core.money.rules import CURRENCIES
from baton.core.ui.widgets import DayField, KeptChoiceField
from baton.records.purchases.models import Product
from baton.records.purchases.queries import products_named, products_sold
from baton.sales.deals.actions.lines import MOST_QUANTITY
from baton.sales.deals.forms.parts import AmountField, OwnerField, text_field
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.queries import stage_choices

ONE = Decimal("0.01")


class OpenDealForm(OwnForm):
    """All that a deal begins with; only the name is needed."""

    name = text_field(max_length=200, label=_("Name"))
    close_on = DayField(required=False, label=_("Closes on"))
    next_step = text_field(
        max_length=250,
        required=False,
        label=_("Next step"),
        help_text=_("A deal without one goes cold."),
    )
    next_step_on = DayField(required=False, label=_("When"))
    token = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, user: User, currency: str, name: str = "") -> None:
        initial = {"name": name, "owner": user.pk, "currency": currency}
        super().__init__(data, initial={**initial, "token": str(new_key())})
        chosen = str(self.data.get("currency") or currency).upper()
        self.fields["amount"] = AmountField(
            currency=chosen if chosen in CURRENCIES else currency,
            required=False,
            label=_("Amount"),
        )
        rest = sorted(CURRENCIES - {currency})
        self.fields["currency"] = forms.ChoiceField(
            choices=[(code, code) for code in (currency, *rest)], label=_("Currency")
        )
        self.fields["stage"] = forms.ChoiceField(choices=stage_choices(), label=_("Stage"))
        self.fields["owner"] = OwnerField(user=user, present=user, label=_("Owner"))
        self.order_fields(
            ["name", "amount", "currency", "stage", "close_on", "next_step", "next_step_on"]
        )
        self.ask_required("deal", user=user)
        for hidden in user.limits("deal").hidden & {"amount", "currency", "owner"}:
            del self.fields[hidden]  # they begin as with everybody who says nothing

    def clean_stage(self) -> Stage | None:
        """The stage of that key."""
        return Stage.objects.living().filter(key=self.cleaned_data["stage"]).first()


class LineForm(forms.Form):
    """One more product; without a price the product's own is taken."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    quantity = forms.DecimalField(
        label=_("Count"),
        min_value=ONE,
        max_value=MOST_QUANTITY,
        max_digits=12,
        decimal_places=2,
        initial=1,
    )

    def __init__(self, data: Any = None, *, deal: Deal, user: User) -> None:
        super().__init__(data, initial={"version": deal.version})
        self.deal = deal
        self.fields["product"] = KeptChoiceField(
            among=lambda: products_sold(user),
            shown=lambda: products_named(user),
            label=_("Product"),
            empty_label=str(_("Choose a product")),
        )
        self.fields["price"] = AmountField(
            currency=deal.currency,
            required=False,
            label=_("Price each in %(currency)s") % {"currency": deal.currency},
        )

    def price(self) -> Decimal | None:
        """What was written, else the product's price in the deal's currency; None = unknown."""
        written: Decimal | None = self.cleaned_data["price"]
        product: Product = self.cleaned_data["product"]
        is_ours = product.currency in {"", self.deal.currency}
        return product.price if written is None and is_ours else written


class NextStepForm(forms.Form):
    """What comes next, and when."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    next_step = text_field(max_length=250, required=False, label=_("Next step"))
    next_step_on = DayField(required=False, label=_("When"))

    def __init__(self, data: Any = None, *, deal: Deal) -> None:
        initial = {
            "version": deal.version,
            "next_step": deal.next_step,
            "next_step_on": deal.next_step_on,
        }
        super().__init__(data, initial=initial)
