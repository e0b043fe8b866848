"""The fields that this company added to a kind of record, edited in place as all others are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from baton.core.access.models import User
from baton.core.editing.fields import Asking, Prop, RecordField
from baton.core.fields.controls import control_of, typed_text
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import OWN, Kind
from baton.core.limits import hidden

FEW = 4  # empty fields under one heading that need no fold
PREFIX = "custom-"  # before a field's code, in addresses
TEMPLATES: Mapping[str, str] = {Kind.LONG: "editing/values/prose.html"}


def custom_fields(object_type: str) -> dict[str, RecordField]:
    """By the name in addresses, in their order; what whoever reads may see."""
    book, unseen = FieldBook(object_type), hidden(object_type)
    seen = [one for one in book.fields if OWN + one.code not in unseen]
    return {PREFIX + one.code: _field(one, book) for one in seen}


def edited_values(record: Any, name: str, value: Any) -> dict[str, Any]:
    """What the record's action takes: the field, or all that was added with this one changed."""
    if not name.startswith(PREFIX):
        return {name: value}
    code = name.removeprefix(PREFIX)
    rest = {known: kept for known, kept in record.custom.items() if known != code}
    return {"custom": rest if value is None else {**rest, code: value}}


@dataclass(frozen=True, kw_only=True)
class OwnGroup:
    """A heading of the company's own; ``folded``: what is empty, where much is."""

    heading: str
    shown: list[Prop]
    folded: list[Prop]


def under_headings(props: Iterable[Prop]) -> list[OwnGroup]:
    """Those of a group of their own, in the order of its first field."""
    found: dict[str, list[Prop]] = {}
    for prop in props:
        if prop.field.heading:
            found.setdefault(prop.field.heading, []).append(prop)
    return [_group(heading, members) for heading, members in found.items()]


def _group(heading: str, members: list[Prop]) -> OwnGroup:
    empty = [prop for prop in members if not prop.text]
    folded = empty if len(empty) > FEW else []
    shown = [prop for prop in members if prop not in folded]
    return OwnGroup(heading=heading, shown=shown, folded=folded)


def _field(definition: FieldDefinition, book: FieldBook) -> RecordField:
    code = definition.code

    def value_of(typed: str, asking: Asking) -> Any:
        return book.read(definition, typed, kept=asking.present.get(code))

    def control(record: Any, _user: User) -> Any:
        return control_of(definition, book, present=record.custom.get(code))

    return RecordField(
        name=PREFIX + code,
        label=definition.label,
        control=control,
        text_of=lambda record: typed_text(definition, record.custom.get(code)),
        value_of=value_of,
        shown_of=lambda record: book.words(definition, record.custom.get(code)),
        template=TEMPLATES.get(definition.kind, "editing/values/text.html"),
        heading=definition.group,
        read_only_for=definition.read_only_for,
    )
