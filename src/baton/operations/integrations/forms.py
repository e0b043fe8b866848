from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.operations.integrations.models import Endpoint
from baton.operations.integrations.queries import fact_names


class EndpointForm(forms.Form):
    """Where, what for, and which facts."""

    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    facts = forms.MultipleChoiceField(
        label=_("Facts"),
        required=False,
        choices=lambda: [(name, name) for name in fact_names()],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them, new ones too."),
    )

    def __init__(self, data: Any = None, *, endpoint: Endpoint | None = None) -> None:
        known = {name: getattr(endpoint, name) for name in self.base_fields} if endpoint else {}
        super().__init__(data, initial=known)
