from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import Team, User
from baton.core.access.permissions import registered
from baton.core.access.roles import LABELS
from baton.core.settings.models import Organisation

ZONES = sorted(available_timezones())


def zone_choices() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in ZONES]


class UserForm(forms.ModelForm[User]):
    """A colleague: who they are, what they may do, when they work."""

    role = forms.ChoiceField(label=_("Role"), choices=[(str(k), v) for k, v in LABELS.items()])
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=lambda: [("", "—"), *zone_choices()]
    )
    team = forms.ModelChoiceField(
        label=_("Team"), required=False, queryset=Team.objects.filter(deleted_at=None)
    )

    class Meta:
        model = User
        fields = ("name", "email", "role", "team", "zone", "is_active")
        labels = {"name": _("Name"), "email": _("Mail"), "is_active": _("May sign in")}

    def clean_email(self) -> str | None:
        """Empty means: owns records, cannot sign in."""
        email = self.cleaned_data["email"] or None
        taken = User.objects.filter(email__iexact=email, deleted_at=None).exclude(
            pk=self.instance.pk
        )
        if email and taken.exists():
            raise ValidationError(_("Somebody else signs in with this mail."))
        return email


class KeyForm(forms.Form):
    """An API key acts as its user, narrowed to the chosen permissions."""

    name = forms.CharField(label=_("What it is for"), max_length=120)
    user = forms.ModelChoiceField(
        label=_("Acts as"), queryset=User.objects.filter(is_active=True, deleted_at=None)
    )
    scopes = forms.MultipleChoiceField(
        label=_("Only these permissions"),
        required=False,
        help_text=_("None chosen: all that the user may."),
        choices=lambda: [(name, name) for name in sorted(registered)],
    )


class OrganisationForm(forms.ModelForm[Organisation]):
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    class Meta:
        model = Organisation
        fields = ("name", "zone", "base_currency")
        labels = {"name": _("Company"), "base_currency": _("Currency")}

    def clean_base_currency(self) -> str:
        code: str = self.cleaned_data["base_currency"].upper()
        if len(code) != 3 or not code.isalpha():  # ISO 4217
            raise ValidationError(_("Write the currency as three letters, like EUR."))
        return code
