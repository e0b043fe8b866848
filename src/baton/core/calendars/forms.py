from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.calendars.rules import LeaveKind

KINDS = {
    LeaveKind.VACATION: _("Vacation"),
    LeaveKind.SICK: _("Sick"),
    LeaveKind.OTHER: _("Something else"),
}


def day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


class LeaveForm(forms.Form):
    """From a day to a day; half of the first or the last one, too."""

    from_on = day_field(_("First day"))
    starts_at_noon = forms.BooleanField(label=_("From noon only"), required=False)
    to_on = day_field(_("Last day"))
    ends_at_noon = forms.BooleanField(label=_("Until noon only"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[(k.value, v) for k, v in KINDS.items()])
    note = forms.CharField(label=_("Note"), max_length=120, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
