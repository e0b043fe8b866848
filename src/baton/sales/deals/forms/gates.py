"""What a stage asks for, and the form that asks for it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.sales.deals.forms.one_field import one_field
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.rules import ASKABLE, StageKind
from baton.sales.deals.words import FIELD_LABELS

ASKED_FOR = _("This stage asks for it.")


class GateForm(forms.Form):
    """The fields that a deal lacks before it may enter a stage."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, deal: Deal, user: User, stage: Stage, names: Iterable[str]
    ) -> None:
        super().__init__(data, initial={"version": deal.version})
        self.fields["stage"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=stage.key
        )
        self.gaps = list(names)
        for name in self.gaps:
            self.fields[name] = asked_field(name, deal=deal, user=user)


def ask_too(form: forms.Form, names: Iterable[str], *, deal: Deal, user: User) -> list[str]:
    """Let the form ask for these as well; says which of them it had not."""
    added = []
    for name in names:
        if name in form.fields:
            form.fields[name].required = not form.fields[name].disabled
            form.fields[name].error_messages["required"] = str(ASKED_FOR)
        else:
            form.fields[name] = asked_field(name, deal=deal, user=user)
            added.append(name)
    return added


def asked_field(name: str, *, deal: Deal, user: User) -> forms.Field:
    """The control of a field that must be filled in."""
    field = one_field(name, deal=deal, user=user)
    field.required = True
    field.error_messages["required"] = str(ASKED_FOR)
    return field


class StageGateForm(forms.Form):
    """Which fields a deal needs to enter the stage."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stage: Stage) -> None:
        super().__init__(data, initial={"version": stage.version, "asked": stage.asked})
        self.fields["asked"] = forms.MultipleChoiceField(
            choices=[(name.value, FIELD_LABELS[name]) for name in ASKABLE[StageKind(stage.kind)]],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("A deal needs"),
        )
