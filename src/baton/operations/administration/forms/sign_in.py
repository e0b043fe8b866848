from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.signin.rules.asking import Asked

LABELS = {
    Asked.NOBODY: _("Nobody: whoever wants one sets it up"),
    Asked.ADMINS: _("Owners and admins"),
    Asked.ALL: _("Everybody"),
}
GRACES = (
    (0, _("At once")),
    (3, _("After 3 days")),
    (7, _("After 7 days")),
    (14, _("After 14 days")),
)


class SecondStepForm(forms.Form):
    """Of whom a second step is asked, and after how long they get no further without."""

    asked_of = forms.ChoiceField(
        label=_("Who must have one"),
        required=False,
        choices=[(str(asked), label) for asked, label in LABELS.items()],
    )
    grace = forms.TypedChoiceField(
        label=_("Who has none gets no further"), choices=GRACES, coerce=int, initial=7
    )

    def asked(self) -> Asked:
        return Asked(self.cleaned_data["asked_of"])

    def given_grace(self) -> timedelta:
        return timedelta(days=self.cleaned_data["grace"])
