from django import forms
from django.utils.translation import gettext_lazy as _


class FreeDayForm(forms.Form):
    """A day on which nobody of the company works."""

    on = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    name = forms.CharField(label=_("Why"), max_length=120)
    is_yearly = forms.BooleanField(label=_("Each year again"), required=False)
