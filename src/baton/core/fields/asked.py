"""What a company's own fields can be asked in lists; their values are texts in a JSON column."""

from collections.abc import Callable, Mapping

from django.db.models import BooleanField, Case, DateField, Field, FloatField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, Regex

from baton.core.fields.models import FieldDefinition
from baton.core.fields.queries import fields_of
from baton.core.fields.rules import Kind
from baton.core.offers import FieldKind, FilterField

KINDS: Mapping[str, FieldKind] = {
    Kind.TEXT: FieldKind.TEXT,
    Kind.NUMBER: FieldKind.NUMBER,
    Kind.MONEY: FieldKind.NUMBER,
    Kind.DATE: FieldKind.DATE,
    Kind.BOOLEAN: FieldKind.BOOLEAN,
    Kind.CHOICE: FieldKind.CHOICE,
}
NUMBER, DAY = r"^-?[0-9]+(\.[0-9]+)?$", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def own_fields_of(object_type: str) -> list[FilterField]:
    """Each definition as what can be asked: one query."""
    return [_field(one) for one in fields_of(object_type) if one.kind in KINDS]


def _field(one: FieldDefinition) -> FilterField:
    kind = KINDS[one.kind]
    if kind is FieldKind.CHOICE and not one.options:
        kind = FieldKind.TEXT
    options = [(str(option), str(option)) for option in one.options]
    return FilterField(
        object_type=one.object_type,
        name=f"custom.{one.code}",
        label=one.label,
        kind=kind,
        path=_path(one.code, kind),
        choices=(lambda: options) if kind is FieldKind.CHOICE else None,
    )


def _path(code: str, kind: FieldKind) -> Callable[[], Combinable]:
    if kind is FieldKind.NUMBER:
        return lambda: _read(code, NUMBER, FloatField())
    if kind is FieldKind.DATE:
        return lambda: _read(code, DAY, DateField())
    if kind is FieldKind.BOOLEAN:
        return lambda: _truth(code)
    return lambda: _text(code)


def _text(code: str) -> KeyTextTransform:
    return KeyTextTransform(code, "custom")


def _read(code: str, pattern: str, kind: "Field[object, object]") -> Combinable:
    """Null for what an older version wrote otherwise: PostgreSQL would refuse the whole list."""
    is_one = When(Q(Regex(_text(code), pattern)), then=Cast(_text(code), kind))
    return Case(is_one, default=None, output_field=kind)


def _truth(code: str) -> Combinable:
    yes, no = (Q(Exact(_text(code), Value(word))) for word in ("true", "false"))
    return Case(
        When(yes, then=Value(value=True)),
        When(no, then=Value(value=False)),
        default=None,
        output_field=BooleanField(),
    )
