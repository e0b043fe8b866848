from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from baton.core.access.mails import folded


class SignInForm(AuthenticationForm):
    """Mail and password; the same answer for unknown mail and wrong password."""

    error_messages: dict[str, Any] = {
        "invalid_login": _("That mail and password do not match. Try again, or ask your admin."),
        "inactive": _("That mail and password do not match. Try again, or ask your admin."),
    }
    username = forms.EmailField(
        label=_("Mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )

    def clean_username(self) -> str:
        return folded(self.cleaned_data["username"])
