"""Until when a clock stands still, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PauseForm(forms.Form):
    until = forms.DateField(
        label=_("Goes on at"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day on which it goes on.")},
    )
    reason = forms.CharField(
        label=_("Why it pauses"),
        max_length=250,
        error_messages={"required": _("Say why it pauses.")},
    )
