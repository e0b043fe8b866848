"""The fields that this company added to a kind of record, edited in place as all others are."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.editing.fields import Asking, RecordField
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import fields_of
from baton.core.fields.rules import Kind, read_value

PREFIX = "custom-"  # before a field's code, in addresses
LONGEST = 2000


def custom_fields(object_type: str) -> dict[str, RecordField]:
    """By the name in addresses, in their order."""
    return {PREFIX + one.code: _field(one) for one in fields_of(object_type)}


def edited_values(record: Any, name: str, value: Any) -> dict[str, Any]:
    """What the record's action takes: the field, or all that was added with this one changed."""
    if not name.startswith(PREFIX):
        return {name: value}
    code = name.removeprefix(PREFIX)
    rest = {known: kept for known, kept in record.custom.items() if known != code}
    return {"custom": rest if value is None else {**rest, code: value}}


def _field(definition: FieldDefinition) -> RecordField:
    code, kind = definition.code, definition.kind

    def value_of(typed: str, _asking: Asking) -> Any:
        return read_value(typed, kind=kind)

    return RecordField(
        name=PREFIX + code,
        label=definition.label,
        control=_control(definition),
        text_of=lambda record: _text(record.custom.get(code)),
        value_of=value_of,
        shown_of=lambda record: _shown(record.custom.get(code)),
    )


def _control(definition: FieldDefinition) -> Callable[[Any, User], forms.Field]:
    def control(record: Any, _user: User) -> forms.Field:
        if definition.kind in {Kind.CHOICE, Kind.BOOLEAN}:
            present = _text(record.custom.get(definition.code))
            return forms.ChoiceField(choices=_choices(definition, present), required=False)
        is_day = definition.kind == Kind.DATE
        widget = forms.TextInput(attrs={"type": "date"} if is_day else {})
        return forms.CharField(max_length=LONGEST, required=False, widget=widget)

    return control


def _choices(definition: FieldDefinition, present: str) -> list[tuple[str, str]]:
    """A value that is no choice any more may stay."""
    if definition.kind == Kind.BOOLEAN:
        return [("", ""), ("true", _("Yes")), ("false", _("No"))]
    known = [str(option) for option in definition.options]
    kept = [present] if present and present not in known else []
    return [("", ""), *((option, option) for option in [*kept, *known])]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _text(value)
