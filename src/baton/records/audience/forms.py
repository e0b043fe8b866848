"""A persona as it is typed: sentences one a line, the rule as rows of field, comparison, value."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core import filters
from baton.core.offers import FieldKind, FilterField
from baton.core.ui.widgets import KeptChoiceField
from baton.records.audience.models import Persona
from baton.records.audience.queries import in_order, personas_named
from baton.records.audience.rules import Row, Rows, clean_lines, rows_of, tree_of
from baton.records.audience.words import OPS

SPARE = 2  # empty rows below those that are there
MOST_ROWS = 12
ITSELF = "person.persona"
TEXTS = ("motivations", "pains", "objections", "sentences")
NAMED = {FieldKind.CHOICE, FieldKind.RELATION, FieldKind.SET}  # typed by name, kept by key


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )


class RowForm(forms.Form):
    """One condition."""

    field = forms.ChoiceField(label=_("Field"), required=False)
    op = forms.ChoiceField(label=_("Comparison"), required=False, choices=[("", "–"), *OPS.items()])
    value = forms.CharField(label=_("Value"), required=False, max_length=500)

    def __init__(self, *args: Any, fields: Mapping[str, FilterField], **rest: Any) -> None:
        super().__init__(*args, **rest)
        offered = [(key, field.label) for key, field in fields.items()]
        self.fields["field"] = forms.ChoiceField(
            label=_("Field"), required=False, choices=[("", "–"), *offered]
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
    join = forms.ChoiceField(
        label=_("Of these conditions"),
        choices=[("all", _("all must hold")), ("any", _("one is enough"))],
        required=False,
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
        shown = rows_of(persona.rule) if persona else Rows()
        join = shown.join if shown else "all"
        super().__init__(data, initial={"join": join, **_initial(persona)})
        self.persona = persona
        self.offered = {
            filters.key_of(field): field
            for field in filters.fields_of("person")
            if filters.key_of(field) != ITSELF
        }
        self.keeps_rule = shown is None  # more than rows can say: made by the API, kept as it is
        self.rows = self._row_forms(data, shown.rows if shown else [])

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

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
        if not self.keeps_rule:
            kinds = {key: str(field.kind) for key, field in self.offered.items()}
            rows = Rows(typed["join"] or "all", [self._keyed(row) for row in self.rows])
            values["rule"] = tree_of(rows, kinds=kinds)
        return values

    def _row_forms(self, data: Any, rows: Sequence[Row]) -> list[RowForm]:
        count = min(len(rows) + SPARE, MOST_ROWS)
        if data is not None:
            count = sum(f"row-{place}-field" in data for place in range(MOST_ROWS))
        starts = [*map(self._named, rows), *[Row()] * MOST_ROWS]
        return [
            RowForm(
                data,
                prefix=f"row-{place}",
                initial=vars(starts[place]),
                fields=self.offered,
            )
            for place in range(count)
        ]

    def _keyed(self, row: RowForm) -> Row:
        """A choice typed by its name becomes its key; what is no name stays and is refused."""
        typed = Row(**row.cleaned_data)
        keys = {str(label).casefold(): key for key, label in self._choices(typed.field)}
        parts = [part.strip() for part in typed.value.split(",")] if keys else [typed.value]
        value = ", ".join(keys.get(part.casefold(), part) for part in parts)
        return Row(typed.field, typed.op, value)

    def _named(self, row: Row) -> Row:
        names = {str(key): str(label) for key, label in self._choices(row.field)}
        parts = [part.strip() for part in row.value.split(",")] if names else [row.value]
        return Row(row.field, row.op, ", ".join(names.get(part, part) for part in parts))

    def _choices(self, key: str) -> list[tuple[str, Any]]:
        field = self.offered.get(key)
        is_named = field is not None and field.kind in NAMED and field.choices is not None
        return list(field.choices()) if field and field.choices and is_named else []


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
