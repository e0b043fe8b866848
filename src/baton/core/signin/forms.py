from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from baton.core.access.mails import folded
from baton.core.access.models import User


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


class OwnPasswordForm(SetPasswordForm):  # type: ignore[type-arg] # generic in its stubs only
    """The present password, and a new one twice. Wrong guesses count as failed sign-ins."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old_password", "new_password1", "new_password2")

    def __init__(self, user: User, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(user, data)
        self.request = request
        self.fields["new_password1"].label = _("New password")
        self.fields["new_password2"].label = _("New password again")
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.email, password=old) is None:
            raise ValidationError(_("That is not your present password."))
        return old
