"""The control in which a value is typed, and the text that stands in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import FieldBook, moment_of
from baton.core.fields.rules import LONGEST_PROSE, LONGEST_TEXT, OWN, Kind

INPUTS: dict[str, dict[str, str]] = {
    Kind.NUMBER: {"inputmode": "decimal"},
    Kind.MONEY: {"inputmode": "decimal"},
    Kind.DATE: {"type": "date"},
    Kind.MOMENT: {"type": "datetime-local"},
    Kind.LINK: {"inputmode": "url"},
    Kind.MAIL: {"inputmode": "email", "autocomplete": "off"},
    Kind.PHONE: {"inputmode": "tel", "autocomplete": "off"},
}


class ChoicesField(forms.MultipleChoiceField):
    """Several of some choices; as a text they stand one a line."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        return value.splitlines() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return "\n".join(super().clean(value))


class OwnForm(forms.Form):
    """A form that asks for own fields of a record, too."""

    book: FieldBook
    was: Mapping[str, Any]

    def ask_required(self, object_type: str, *, user: User) -> None:
        """What this user has to say of a new record, and what they leave to others."""
        self.hold_back(object_type, user=user)
        self.book, self.was = FieldBook(object_type), {}
        self.ask(*(one for one in self.book.fields if user.role in one.required_for))

    def hold_back(self, object_type: str, *, user: User) -> None:
        """Of a form with fields that Baton brought: some are filled in by others, some needed."""
        limits = user.limits(object_type)
        for name, field in self.fields.items():
            if name in limits.unwritten:
                field.disabled, field.help_text = True, _("Filled in by others.")
            if name in limits.hidden:
                self.initial.pop(name, None)
            field.required = field.required or name in limits.required

    def ask(self, *fields: FieldDefinition) -> None:
        """Each must be filled in."""
        for field in fields:
            present = self.was.get(field.code, field.default)
            control = control_of(field, self.book, present=present, is_required=True)
            control.initial = typed_text(field, present)
            control.validators.append(_readable(field, self.book))
            self.fields[OWN + field.code] = control

    @property
    def own(self) -> list[forms.BoundField]:
        """Those that were asked."""
        return [self[name] for name in self.fields if name.startswith(OWN)]

    def own_said(self) -> dict[str, Any]:
        """What a valid form says, by code, as it is kept."""
        said = {}
        for name in self.fields:
            field = self.book.by_code.get(name.removeprefix(OWN)) if name.startswith(OWN) else None
            if field:
                said[field.code] = self.book.read(field, self.cleaned_data[name])
        return {code: value for code, value in said.items() if value is not None}

    def rest_said(self) -> dict[str, Any]:
        """Everything else."""
        said = self.cleaned_data.items()
        return {name: value for name, value in said if not name.startswith(OWN)}


def _readable(field: FieldDefinition, book: FieldBook) -> Callable[[Any], None]:
    def check(typed: Any) -> None:
        try:
            book.read(field, typed)
        except RuleViolation as no:
            raise forms.ValidationError(str(no)) from no

    return check


def control_of(
    field: FieldDefinition, book: FieldBook, *, present: Any = None, is_required: bool = False
) -> forms.Field:
    """Its text is read by ``book.read``. What is chosen now may stay, retired or not."""
    shared: dict[str, Any] = {"label": field.label, "required": is_required}
    shared["help_text"] = field.help_text
    if field.kind == Kind.BOOLEAN:
        words = [("", ""), ("true", _("Yes")), ("false", _("No"))]
        return forms.ChoiceField(choices=words, **shared)
    options = book.options_of(field)
    if field.kind == Kind.CHOICES and options:
        return ChoicesField(choices=_offered(field, book, present), **shared)
    if field.kind in {Kind.CHOICE, Kind.USER}:
        return forms.ChoiceField(choices=[("", ""), *_offered(field, book, present)], **shared)
    if field.kind in {Kind.LONG, Kind.CHOICES}:
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(max_length=LONGEST_PROSE, widget=area, **shared)
    widget = forms.TextInput(attrs=INPUTS.get(field.kind, {}))
    return forms.CharField(max_length=LONGEST_TEXT, widget=widget, **shared)


def typed_text(field: FieldDefinition, value: Any) -> str:
    """The value as it stands in its control; a time in the reader's zone."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "\n".join(str(one) for one in value)
    if field.kind == Kind.MOMENT:
        try:
            return timezone.localtime(moment_of(str(value))).strftime("%Y-%m-%dT%H:%M")
        except ValueError:
            return str(value)
    return str(value)


def _offered(field: FieldDefinition, book: FieldBook, present: Any) -> Sequence[tuple[str, str]]:
    kept = [str(one) for one in (present if isinstance(present, list) else [present]) if one]
    options = book.options_of(field)
    shown = [(one.value, one.label) for one in options if not one.is_retired or one.value in kept]
    known = {value for value, _label in shown}
    return [*((value, value) for value in kept if value not in known), *shown]
