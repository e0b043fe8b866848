from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from baton.core.access.mails import folded
from baton.core.access.models import User
from baton.core.worktime.rules import zone_choices


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
        return checked_password(self.cleaned_data["old_password"], self.request, self.user)


class CodeForm(forms.Form):
    """What the app shows, or a code from paper. Wrong ones count as failed sign-ins."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Any = None, *, request: HttpRequest, user: User) -> None:
        super().__init__(data)
        self.request, self.user = request, user
        self.accepted_by = ""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        user = authenticate(self.request, username=self.user.email, code=code)
        if user is None:
            raise ValidationError(_("That code does not fit, or was used already."))
        self.accepted_by = getattr(user, "accepted_by", "")
        return code


class ConfirmForm(forms.Form):
    """The first code of a new app; it is compared by who sets the second step up."""

    code = forms.CharField(
        label=_("Code that the app shows"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class AgainForm(forms.Form):
    """The password once more, before something that would help a stranger at one's desk."""

    old_password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: Any = None, *, place: str, request: HttpRequest, user: User) -> None:
        super().__init__(data, auto_id=f"{place}_%s")
        self.request, self.user = request, user

    def clean_old_password(self) -> str:
        return checked_password(self.cleaned_data["old_password"], self.request, self.user)


def checked_password(typed: str, request: HttpRequest, user: User) -> str:
    """Wrong guesses count as failed sign-ins."""
    if authenticate(request, username=user.email, password=typed) is None:
        raise ValidationError(_("That is not your present password."))
    return typed


class InvitedForm(forms.Form):
    """What the invited says of themselves; mail and role were said by who invited them."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        help_text=_("At least 10 characters, and none of those that everybody uses."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    zone = forms.ChoiceField(label=_("Your time zone"), choices=zone_choices)

    def __init__(self, data: Any = None, *, email: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        known = User(name=typed.get("name", ""), email=self.email)
        if "password" in typed:
            try:
                validate_password(typed["password"], user=known)
            except ValidationError as no:
                self.add_error("password", no)
        if "again" in typed and typed["again"] != typed.get("password", typed["again"]):
            self.add_error("again", _("That is another password than above."))
        return typed
