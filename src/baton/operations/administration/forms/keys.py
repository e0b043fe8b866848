from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.permissions import registered


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
