from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.money.fields import CurrencyField
from baton.operations.administration.actions import FirstAdmin
from baton.operations.administration.forms.zones import country_choices, zone_choices


class FirstRunForm(forms.Form):
    """The company and who is in charge; all of it but the code can be changed later."""

    code = forms.CharField(
        label=_("Set-up code"),
        max_length=40,
        help_text=_("Baton's terminal or log says it, so that no stranger is first."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}
        ),
    )
    company = forms.CharField(
        label=_("Name of your company"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, initial="UTC")
    country = forms.ChoiceField(
        label=_("Public holidays of"), required=False, choices=country_choices
    )
    currency = CurrencyField(label=_("Currency"), initial="EUR")
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        help_text=_("At least 10 characters, and none of those that everybody uses."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not self.is_bound:  # what was chosen stays
            self.fields["zone"].widget.attrs["data-own-zone"] = True

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        known = {name: self.cleaned_data.get(name, "") for name in ("name", "email")}
        validate_password(password, user=User(**known))
        return password

    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        names = ("code", "company", "zone", "country", "currency")
        first = {name: self.cleaned_data[name] for name in ("name", "email", "password")}
        return {name: self.cleaned_data[name] for name in names} | {"first": FirstAdmin(**first)}
