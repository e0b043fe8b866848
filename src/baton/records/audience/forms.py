"""A persona as it is typed: sentences one a line, the rule as rows of field, comparison, value."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.filters.rows import FilterRows
from baton.core.ui.widgets import KeptChoiceField
from baton.records.audience.models import Persona
from baton.records.audience.queries import in_order, personas_named
from baton.records.audience.rules import clean_lines

ITSELF = "person.persona"
TEXTS = ("motivations", "pains", "objections", "sentences")


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )


class PersonaForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    motivations = _lines(_("What drives them"), _("One a line."))
    pains = _lines(_("What hurts"))
    objections = _lines(_("What they object to"))
    sentences = _lines(
        _("Approved sentences"),
        _(
            "Up to three, one a line, ready to be said. What stands in braces is filled with what "
            "is known of the person: {first_name}, {company}, {words} of their form, {page} they "
            "read, {campaign}, {material} they were sent, day of the last {talk}. A sentence is "
            "offered only to those of whom all of it is known."
        ),
    )
    position = forms.IntegerField(
        label=_("Tried as number"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("The first persona whose rule fits is taken."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, persona: Persona | None = None) -> None:
        super().__init__(data, initial=_initial(persona))
        self.persona = persona
        tree: Mapping[str, Any] | None = persona.rule if persona else None
        self.rows = FilterRows(data, tree=tree, without={ITSELF})

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])

    def show_theirs(self, persona: Persona) -> None:
        """Somebody saved meanwhile: say what, and let the next save mean it."""
        now, typed = _initial(persona), self.values()
        theirs = [
            f"{self.fields[name].label}: {now[name]}"
            for name in ("name", *TEXTS)
            if getattr(persona, name) != typed[name]
        ]
        words = _("Somebody saved meanwhile: %(theirs)s. Save again to put yours in its place.")
        self.add_error(None, words % {"theirs": ", ".join(theirs) or _("the rule")})
        self.data = {**dict(self.data.items()), "version": persona.version}

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        values: dict[str, Any] = {name: clean_lines(typed[name].splitlines()) for name in TEXTS}
        values["name"] = typed["name"]
        if typed["position"]:
            values["position"] = typed["position"]
        values["rule"] = self.rows.tree()
        return values


class AssignForm(forms.Form):
    """Which persona a colleague says that somebody is; none hands them back to the rules."""

    persona = KeptChoiceField(
        label=_("Persona"),
        among=lambda: in_order(Persona.objects.living()),
        shown=personas_named,
        to_field_name="key",
        required=False,
        empty_label=_("By rule"),
    )


def _initial(persona: Persona | None) -> dict[str, Any]:
    if persona is None:
        return {}
    texts = {name: "\n".join(getattr(persona, name)) for name in TEXTS}
    return {
        **texts,
        "name": persona.name,
        "position": persona.position,
        "version": persona.version,
    }
