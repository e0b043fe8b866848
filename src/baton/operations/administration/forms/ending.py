from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.demo.queries import roots_by_model
from baton.operations.administration.actions import FirstAdmin
from baton.operations.administration.queries import Removal


class EndDemoForm(forms.Form):
    """Only what nobody would know any more once the demo is gone."""

    company = forms.CharField(label=_("Name of your company"), max_length=150)
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(
        label=_("Your mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, removal: Removal) -> None:
        super().__init__(data)
        if not removal.asks_company:
            del self.fields["company"]
        if not removal.asks_admin:
            for name in ("name", "email", "password"):
                del self.fields[name]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        staying = User.objects.filter(email__iexact=email, deleted_at=None)
        if staying.exclude(pk__in=roots_by_model().get(User._meta.label, [])).exists():
            raise forms.ValidationError(_("Somebody who stays has this mail."))
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        known = User(
            name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", "")
        )
        validate_password(password, user=known)
        return password

    def first_admin(self) -> FirstAdmin | None:
        """None where somebody who stays is in charge."""
        if "email" not in self.fields:
            return None
        names = ("name", "email", "password")
        return FirstAdmin(**{name: self.cleaned_data[name] for name in names})
