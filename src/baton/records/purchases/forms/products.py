from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.records.purchases.models import Product

NAMES = ("name", "family", "code", "price", "currency", "is_sold")


class ProductForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    family = forms.CharField(
        label=_("Family"), max_length=120, required=False, help_text=_("What it is sold with.")
    )
    code = forms.CharField(label=_("Code"), max_length=60, required=False)
    price = forms.DecimalField(
        label=_("Price"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, help_text=_("Like EUR.")
    )
    is_sold = forms.BooleanField(label=_("Still sold"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, product: Product | None = None, currency: str = ""
    ) -> None:
        initial = {name: getattr(product, name) for name in (*NAMES, "version")} if product else {}
        super().__init__(data, initial=initial or {"is_sold": True, "currency": currency})

    def show_theirs(self, product: Product) -> None:
        """Somebody saved meanwhile: say what, and let the next save mean it."""
        theirs = [
            f"{self.fields[name].label}: {getattr(product, name)}"
            for name in NAMES
            if getattr(product, name) != self.cleaned_data[name]
        ]
        words = _("Somebody saved meanwhile: %(theirs)s. Save again to put yours in its place.")
        self.add_error(None, words % {"theirs": ", ".join(theirs)})
        self.data = {**dict(self.data.items()), "version": product.version}

    def values(self) -> dict[str, Any]:
        """What the action takes; a currency without a price says nothing."""
        values = {name: self.cleaned_data[name] for name in NAMES}
        return values | ({"currency": ""} if values["price"] is None else {})
