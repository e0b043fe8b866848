from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from baton.core.errors import RuleViolation
from baton.core.money.rules import check_currency
from baton.core.settings.models import Organisation
from baton.operations.administration.forms.zones import country_choices, zone_choices


class OrganisationForm(forms.ModelForm[Organisation]):
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    country = forms.ChoiceField(label=_("Public holidays"), required=False, choices=country_choices)

    class Meta:
        model = Organisation
        fields = ("name", "zone", "country", "base_currency")
        labels = {"name": _("Company"), "base_currency": _("Currency")}

    def clean_base_currency(self) -> str:
        try:
            return check_currency(self.cleaned_data["base_currency"])
        except RuleViolation as no:
            raise ValidationError(str(no)) from no
