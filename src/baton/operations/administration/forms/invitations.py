from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import Team
from baton.core.access.roles import LABELS, Role


class InvitationForm(forms.Form):
    """Whom to let in, and as what."""

    email = forms.EmailField(label=_("Mail"))
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=150,
        help_text=_("They can change it when they join."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[(str(k), v) for k, v in LABELS.items()], initial=str(Role.REP)
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        required=False,
        empty_label="—",
        queryset=Team.objects.filter(deleted_at=None).order_by("name", "pk"),
    )
