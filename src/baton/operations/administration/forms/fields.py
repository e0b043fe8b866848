"""What is typed about a company's own fields."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baton.core.access.roles import LABELS
from baton.core.fields.actions import sees_all
from baton.core.fields.controls import control_of, typed_text
from baton.core.fields.models import FieldDefinition, FieldLimit
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import CHOSEN, INDEXABLE, LONGEST_CODE, Kind, Option, new_option
from baton.core.fields.words import KINDS
from baton.core.limits import BuiltIn

ROLES = [(str(role), words) for role, words in LABELS.items()]


LIMITED = [pair for pair in ROLES if not sees_all(pair[0])]
HIDDEN = _("They see it nowhere: not on the record, in lists, files or the API.")


def _roles(label: Any, help_text: Any, *, choices: Any = ROLES) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class _FieldTexts(forms.Form):
    label = forms.CharField(label=_("Label"), max_length=120)
    help_text = forms.CharField(
        label=_("Help"), max_length=250, required=False, help_text=_("Stands under the field.")
    )
    group = forms.CharField(
        label=_("Group"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "groups", "autocomplete": "off"}),
        help_text=_("The heading on the record under which it stands."),
    )


class NewFieldForm(_FieldTexts):
    """A field begins with its label and its kind; the kind stays."""

    field_order = ("label", "code", "kind", "choices")
    code = forms.CharField(
        label=_("Code"),
        max_length=LONGEST_CODE,
        required=False,
        help_text=_("What the API and imports call it; made of the label when empty. It stays."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, for a choice."),
    )

    def options(self) -> list[Option]:
        """What was typed as choices, for a field that has some."""
        if self.cleaned_data["kind"] not in CHOSEN:
            return []
        return added([], self.cleaned_data["choices"])


class FieldForm(_FieldTexts):
    """All but its choices, which have a form of their own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    required_for = _roles(_("Required for"), _("They cannot add a record without it."))
    read_only_for = _roles(_("Read only for"), _("They see it, others fill it in."))
    hidden_for = _roles(_("Hidden from"), HIDDEN, choices=LIMITED)

    is_indexed = forms.BooleanField(
        label=_("Lists can be sorted by it"),
        required=False,
        help_text=_("Makes an index in the background; filters by it are quick, too."),
    )

    def __init__(self, data: Any = None, *, field: FieldDefinition, book: FieldBook) -> None:
        names = ("label", "help_text", "group", "version", "required_for", "read_only_for")
        initial = {name: getattr(field, name) for name in (*names, "hidden_for", "is_indexed")}
        super().__init__(data, initial={**initial, "default": typed_text(field, field.default)})
        self.fields["default"] = control_of(field, book, present=field.default)
        self.fields["default"].label = _("Begins with")
        self.fields["default"].help_text = _("What a new record has, unless somebody says more.")
        if field.kind not in INDEXABLE:
            del self.fields["is_indexed"]
        self.order_fields(["version", "label", "help_text", "group", "default"])


class LimitForm(forms.Form):
    """What roles are kept from in a field that Baton brought."""

    hidden_for = _roles(_("Hidden from"), HIDDEN, choices=LIMITED)
    read_only_for = _roles(_("Read only for"), _("They see it, others fill it in."))
    required_for = _roles(
        _("Required for"), _("They cannot add a record without it, nor empty it.")
    )

    def __init__(self, data: Any = None, *, field: BuiltIn, row: FieldLimit | None) -> None:
        names = ("hidden_for", "read_only_for", "required_for")
        super().__init__(data, initial={name: getattr(row, name) for name in names if row})
        if not field.may_hide:
            del self.fields["hidden_for"]
        if not field.may_require:
            del self.fields["required_for"]


def added(options: Sequence[Option], text: str) -> list[Option]:
    """With a new option for each line that is none yet."""
    found = list(options)
    for line in (" ".join(one.split()) for one in text.splitlines()):
        if line and all(one.label.casefold() != line.casefold() for one in found):
            found.append(new_option(line, taken={one.value for one in found}))
    return found


def options_sent(data: Any, *, known: Sequence[Option]) -> list[Option]:
    """In the order that was sent, with their new labels; what was not sent stays behind them.

    ``do`` says which was moved: ``up:gold`` or ``down:gold``. New ones are typed a line each.
    """
    by_value = {one.value: one for one in known}
    order = [one for one in dict.fromkeys(data.getlist("value")) if one in by_value]
    order += [value for value in by_value if value not in order]
    offered = set(data.getlist("offered"))
    options = [
        Option(
            value,
            " ".join(data.get(f"label-{value}", by_value[value].label).split()),
            is_retired=value not in offered,
        )
        for value in order
    ]
    return added(_moved(options, data.get("do", "")), data.get("more", ""))


def _moved(options: list[Option], do: str) -> list[Option]:
    way, _colon, value = do.partition(":")
    here = next((at for at, one in enumerate(options) if one.value == value), None)
    if here is not None and way in {"up", "down"}:
        options.insert(max(0, here + (1 if way == "down" else -1)), options.pop(here))
    return options


def is_chosen(field: FieldDefinition) -> bool:
    """Whether it has choices that the company writes."""
    return Kind(field.kind) in CHOSEN


class RuleForm(forms.Form):
    """What is said of a record that breaks the rule; the condition has a form of its own."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("What is said"),
        max_length=250,
        help_text=_("To who saves such a record, like: Gold customers need an owner."),
    )
    is_on = forms.BooleanField(label=_("In force"), required=False)
