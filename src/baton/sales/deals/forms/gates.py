"""What a stage asks for, and the form that asks for it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.fields.controls import OwnForm
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import OWN
from baton.sales.deals.forms.one_field import one_field
from baton.sales.deals.models import Deal, Stage
from baton.sales.deals.queries import askable_of

ASKED_FOR = _("This stage asks for it.")


class GateForm(OwnForm):
    """The fields that a deal lacks before it may enter a stage."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, deal: Deal, user: User, stage: Stage, names: Iterable[str]
    ) -> None:
        super().__init__(data, initial={"version": deal.version})
        self.fields["stage"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=stage.key
        )
        self.gaps = ask_too(self, names, deal=deal, user=user)

    def values(self) -> dict[str, Any]:
        """What the move takes along."""
        said = {name: self.cleaned_data[name] for name in self.gaps if not name.startswith(OWN)}
        own = self.own_said()
        return said | ({"custom": {**self.was, **own}} if own else {})


def ask_too(form: OwnForm, names: Iterable[str], *, deal: Deal, user: User) -> list[str]:
    """Let the form ask for these as well; says which of them it had not."""
    added = []
    form.book, form.was = FieldBook("deal"), deal.custom
    for name in names:
        own = form.book.by_code.get(name.removeprefix(OWN)) if name.startswith(OWN) else None
        if own:
            form.ask(own)
            form.fields[name].error_messages["required"] = str(ASKED_FOR)
            added.append(name)
        elif name in form.fields:
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
            choices=askable_of(stage),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=_("A deal needs"),
        )
