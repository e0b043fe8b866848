from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.permissions import registered


def _in_words(name: str) -> str:
    """Of ``people.edit``: People: edit."""
    area, _dot, verb = name.replace("_", " ").partition(".")
    return f"{area.capitalize()}: {verb}"


class KeyForm(forms.Form):
    """An API key acts as its user, narrowed to the chosen permissions."""

    name = forms.CharField(label=_("What it is for"), max_length=120)
    user = forms.ModelChoiceField(
        label=_("Acts as"),
        queryset=User.objects.filter(is_active=True, deleted_at=None),
        empty_label=_("Choose a colleague"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Only these permissions"),
        required=False,
        help_text=_("None chosen: all that the user may."),
        choices=lambda: [(name, _in_words(name)) for name in sorted(registered)],
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
