"""What a company's own fields can be asked in lists."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models.expressions import Combinable

from baton.core.fields.expressions import CODE, value_of
from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import FieldBook
from baton.core.fields.rules import CHOSEN, Kind
from baton.core.offers import FieldKind, FilterField

KINDS: Mapping[str, FieldKind] = {
    Kind.TEXT: FieldKind.TEXT,
    Kind.LONG: FieldKind.TEXT,
    Kind.LINK: FieldKind.TEXT,
    Kind.MAIL: FieldKind.TEXT,
    Kind.PHONE: FieldKind.TEXT,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.MONEY: FieldKind.NUMBER,
    Kind.DATE: FieldKind.DATE,
    Kind.MOMENT: FieldKind.DATE,
    Kind.BOOLEAN: FieldKind.BOOLEAN,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.CHOICES: FieldKind.CHOICE,
    Kind.USER: FieldKind.CHOICE,
}


@dataclass(frozen=True)
class _Value:
    """Of such a field: two that ask the same are the same (``core/filters/nodes.py: looks_of``)."""

    code: str
    kind: str

    def __call__(self) -> Combinable:
        return value_of(self.code, self.kind)


def own_fields_of(object_type: str) -> list[FilterField]:
    """Each definition as what can be asked: one query, and one for colleagues once they are."""
    book = FieldBook(object_type)
    return [_field(one, book) for one in book.fields if one.kind in KINDS and CODE.match(one.code)]


def _field(one: FieldDefinition, book: FieldBook) -> FilterField:
    kind = KINDS[one.kind]
    if one.kind in CHOSEN and not one.options:
        kind = FieldKind.TEXT  # an import made it: every text is a choice

    def choices() -> list[tuple[str, str]]:
        """Retired ones, too: records have them still."""
        return [(option.value, option.label) for option in book.options_of(one)]

    return FilterField(
        object_type=one.object_type,
        name=f"custom.{one.code}",
        label=one.label,
        kind=kind,
        path=_Value(one.code, one.kind),
        choices=choices if kind is FieldKind.CHOICE else None,
        changed_by=frozenset({f"{one.object_type}.created", f"{one.object_type}.changed"}),
        is_list=one.kind == Kind.CHOICES and kind is FieldKind.CHOICE,
    )
