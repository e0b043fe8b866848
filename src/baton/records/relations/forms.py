from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.records.relations.models import Relation
from baton.records.relations.rules import LONGEST_TITLE

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RelationForm(forms.Form):
    """What somebody is to whom, as what, and how long."""

    title = forms.CharField(label=_("As"), max_length=LONGEST_TITLE, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DAY)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY)
    is_past = forms.BooleanField(label=_("It is over"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, ways: list[tuple[str, str]], is_titled: bool, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.fields["way"] = forms.ChoiceField(label=_("Relation"), choices=ways)
        if not is_titled:
            del self.fields["title"]

    def values(self) -> dict[str, Any]:
        """What the actions take, but for the way."""
        names = ("title", "since", "until", "is_past")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def initial_of(relation: Relation, way: str) -> dict[str, Any]:
    """What stands in the form of a relation that is there."""
    names = ("title", "since", "until", "is_past", "version")
    return {"way": way, **{name: getattr(relation, name) for name in names}}
