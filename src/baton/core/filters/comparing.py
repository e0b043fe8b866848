"""How a form offers comparisons: in words, with the control that takes their value."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from baton.core.filters.nodes import Op
from baton.core.filters.operators import (
    OPERATORS,
    OPPOSITES,
    WITH_DAY_COUNT,
    WITH_LIST,
    WITH_PAIR,
    WITHOUT_VALUE,
)
from baton.core.filters.rows import COMPARISONS
from baton.core.offers import FieldKind, FilterField, Label

NOT = "not:"  # before a comparison that has no opposite of its own
NEGATED: Mapping[tuple[FieldKind, Op], Label] = {
    (FieldKind.TEXT, Op.CONTAINS): _("does not contain"),
    (FieldKind.TEXT, Op.STARTS_WITH): _("does not start with"),
    (FieldKind.TEXT, Op.IN): _("is none of"),
    (FieldKind.DATE, Op.ON): _("is not on"),
    (FieldKind.DATE, Op.IN_LAST_DAYS): _("not in the last"),
    (FieldKind.DATE, Op.IN_NEXT_DAYS): _("not in the next"),
}
# Days stand behind the number, not in the comparison.
SHORT: Mapping[Op, Label] = {
    Op.IN_LAST_DAYS: _("in the last"),
    Op.IN_NEXT_DAYS: _("in the next"),
    Op.MORE_THAN_DAYS_AGO: _("longer ago than"),
}
OWN: Mapping[tuple[FieldKind, Op], Label] = {
    (FieldKind.SET, Op.IN): _("has any of"),
    (FieldKind.SET, Op.NOT_IN): _("has none of"),
}
TURNED = {positive: other for other, positive in OPPOSITES.items()} | dict(OPPOSITES)


class Control(StrEnum):
    """What a value is typed into."""

    NONE = "none"
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    NUMBERS = "numbers"
    DAY = "day"
    DAYS = "days"
    DAY_COUNT = "day_count"
    ONE = "one"
    MANY = "many"


PAIRS = frozenset({Control.NUMBERS, Control.DAYS})
KIND_CONTROLS: Mapping[FieldKind, tuple[Control, Control]] = {  # of one value, of several
    FieldKind.TEXT: (Control.TEXT, Control.LINES),
    FieldKind.NUMBER: (Control.NUMBER, Control.NUMBERS),
    FieldKind.DATE: (Control.DAY, Control.DAYS),
    FieldKind.CHOICE: (Control.ONE, Control.MANY),
    FieldKind.RELATION: (Control.ONE, Control.MANY),
    FieldKind.BOOLEAN: (Control.ONE, Control.ONE),
    FieldKind.SET: (Control.MANY, Control.MANY),
}


def comparisons_of(kind: FieldKind) -> Iterator[tuple[str, Label]]:
    """Each with its opposite behind it, so that nobody has to know about "not"."""
    for op in OPERATORS[kind]:
        yield op.value, OWN.get((kind, op)) or SHORT.get(op) or COMPARISONS[op]
        if words := NEGATED.get((kind, op)):
            yield f"{NOT}{op}", words


def control_of(kind: FieldKind, comparison: str) -> Control:
    op = comparison.removeprefix(NOT)
    if op in WITHOUT_VALUE:
        return Control.NONE
    if op in WITH_DAY_COUNT:
        return Control.DAY_COUNT
    one, several = KIND_CONTROLS[kind]
    return several if op in WITH_LIST | WITH_PAIR else one


def condition_of(field: FilterField, key: str, comparison: str, typed: Sequence[str]) -> Any:
    """The condition as a tree keeps it; what cannot be read stays text, and ``parse`` refuses."""
    op = comparison.removeprefix(NOT)
    control = control_of(field.kind, comparison)
    tree: dict[str, Any] = {"field": key, "op": op}
    values = [_read(text, field=field, control=control) for text in typed]
    if control in PAIRS | {Control.MANY, Control.LINES}:
        tree["value"] = values
    elif control is not Control.NONE:
        tree["value"] = values[0] if values else ""
    return {"not": tree} if comparison != op else tree


def comparison_of(field: FilterField | None, op: str, *, is_negated: bool) -> str | None:
    """As a form offers it; None for a negation that it has no word for."""
    if not is_negated:
        return op
    if field is None or op not in OPERATORS[field.kind]:
        return None
    opposite = TURNED.get(Op(op))
    if opposite in OPERATORS[field.kind]:
        return str(opposite)
    return f"{NOT}{op}" if (field.kind, Op(op)) in NEGATED else None


def typed_of(value: Any) -> list[str]:
    """What stands in the controls for a value of a tree."""
    if isinstance(value, list):
        return [text for one in value for text in typed_of(one)]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [] if value is None else [str(value)]


def _read(text: str, *, field: FilterField, control: Control) -> Any:
    if field.kind is FieldKind.BOOLEAN:
        return {"yes": True, "no": False}.get(text, text)
    is_count = field.kind is FieldKind.RELATION or control is Control.DAY_COUNT
    return (
        int(text) if is_count and text.isascii() and text.isdecimal() and len(text) < 20 else text
    )
