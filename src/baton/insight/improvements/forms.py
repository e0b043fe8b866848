"""What is typed about an improvement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.access.queries import who_can_sign_in
from baton.insight.improvements.models import Improvement
from baton.insight.improvements.queries import MOVABLE
from baton.insight.improvements.rules import LENGTHS, Way
from baton.insight.improvements.words import WAYS, WEEKS


class ImprovementForm(forms.Form):
    """What is changed, from when, and which figure should move which way."""

    title = forms.CharField(label=_("What we change"), max_length=160)
    figure = forms.ChoiceField(label=_("Figure that should move"), choices=())
    way = forms.ChoiceField(label=_("Which way"), choices=list(WAYS.items()), initial=Way.UP)
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    days = forms.TypedChoiceField(
        label=_("Compare"), choices=list(WEEKS.items()), coerce=int, initial=LENGTHS[0]
    )
    owner = forms.ModelChoiceField(
        label=_("Who answers for it"),
        queryset=User.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("Nobody"),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        figures = [(one.name, one.label) for one in MOVABLE.values()]
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]
        self.fields["owner"].queryset = who_can_sign_in().order_by("name")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As the actions take them."""
        return {name: one for name, one in self.cleaned_data.items() if name != "version"}


def improvement_form(found: Improvement, data: Any = None) -> ImprovementForm:
    """The form with what stands now."""
    names = ("title", "figure", "way", "starts_on", "days", "note", "version")
    initial = {name: getattr(found, name) for name in names}
    form = ImprovementForm(data, initial=initial | {"owner": found.owner and found.owner.key})
    owner: Any = form.fields["owner"]
    # Who left since answers for it until somebody else does.
    owner.queryset |= User.objects.filter(pk=found.owner_id or 0)
    return form
