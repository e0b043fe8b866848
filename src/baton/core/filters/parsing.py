"""A tree of JSON becomes a Filter, or is refused with one sentence that says where and why."""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from django.utils.translation import gettext as _

from baton.core.errors import RuleViolation
from baton.core.filters.fields import Fields, find_field, labels_of
from baton.core.filters.nodes import AllOf, AnyOf, Condition, Filter, Node, Not, Op, Scalar
from baton.core.filters.operators import (
    OPERATORS,
    WITH_DAY_COUNT,
    WITH_LIST,
    WITH_PAIR,
    WITHOUT_VALUE,
)
from baton.core.filters.values import BadValue, Choices, read_day_count, read_value
from baton.core.offers import FieldKind, FilterField

MOST_LEVELS = 5  # groups within groups
MOST_CONDITIONS = 200
MOST_VALUES = 2_000  # of all lists together: a database takes only so many parameters
GROUPS: Mapping[str, type[AllOf] | type[AnyOf]] = {"all": AllOf, "any": AnyOf}
CONDITION_KEYS = {"field", "op", "value"}


class BadFilter(RuleViolation, ValueError):
    """A tree that is no filter of this kind of object; ``why`` leaves out where."""

    def __init__(self, sentence: str, /, *, why: str = "") -> None:
        super().__init__(sentence)
        self.why = why or sentence


def parse(tree: object, *, object_type: str, fields: Fields | None = None) -> Filter:
    """Read a tree of conditions on objects of a type; raises BadFilter. ``fields``: only of these.

    ``{"all": [...]}``, ``{"any": [...]}``, ``{"not": {...}}`` or
    ``{"field": "person.stage", "op": "is", "value": "mql"}``. ``{"all": []}`` is everything.
    """
    if tree == {"all": []}:
        return Filter(object_type, AllOf(()))
    return Filter(object_type, Reading(object_type, fields).node(tree, where="", level=1))


class Reading:
    """Counts what it reads, so that no tree is too large for a database."""

    def __init__(self, object_type: str, fields: Fields | None = None) -> None:
        self.object_type = object_type
        self.fields = fields
        self.conditions = 0
        self.values = 0
        self._choices: dict[str, Choices] = {}  # each field may ask the database: once is enough

    def node(self, tree: object, *, where: str, level: int) -> Node:
        if not isinstance(tree, Mapping):
            _refuse(where, _("is not a condition or a group of them"))
        if "field" in tree:
            return self.condition(tree, where=where)
        if level > MOST_LEVELS:
            _refuse(where, _("lies more than %d groups deep") % MOST_LEVELS)
        if len(tree) != 1 or not {*GROUPS, "not"} & {*tree}:
            _refuse(where, _("needs one of “all”, “any” and “not”, or a field"))
        [(word, inner)] = tree.items()
        place = f"{where}.{word}" if where else word
        if word == "not":
            return Not(self.node(inner, where=place, level=level + 1))
        return GROUPS[word](self.parts(inner, where=place, level=level + 1))

    def parts(self, inner: object, *, where: str, level: int) -> tuple[Node, ...]:
        if not isinstance(inner, list | tuple) or not inner:
            _refuse(where, _("needs a list of conditions"))
        return tuple(
            self.node(part, where=f"{where}[{number}]", level=level)
            for number, part in enumerate(inner)
        )

    def condition(self, tree: Mapping[str, object], *, where: str) -> Condition:
        self.conditions += 1
        if self.conditions > MOST_CONDITIONS:
            _refuse(where, _("is one condition too many: %d are allowed") % MOST_CONDITIONS)
        if extra := {*tree} - CONDITION_KEYS:
            _refuse(where, _("has “%s”, which a condition has not") % str(min(extra, key=str))[:40])
        field = self.field(tree["field"], where=where)
        op = _op(tree.get("op"), field=field, where=where)
        choices = self.choices_of(field)
        values = _values(tree, op=op, field=field, choices=choices, where=where)
        self.values += len(values)
        if self.values > MOST_VALUES:
            _refuse(where, _("goes beyond the %d values of one filter") % MOST_VALUES)
        return Condition(field, op, values)

    def field(self, key: object, *, where: str) -> FilterField:
        find = find_field if self.fields is None else self.fields.get
        field = find(key) if isinstance(key, str) else None
        if field is None or field.object_type != self.object_type:
            _refuse(where, _("has no field “%s” to ask about") % str(key)[:60])
        return field

    def choices_of(self, field: FilterField) -> Choices:
        if field.name not in self._choices:
            self._choices[field.name] = labels_of(field)
        return self._choices[field.name]


def _op(word: object, *, field: FilterField, where: str) -> Op:
    allowed = OPERATORS[field.kind]
    op = next((op for op in allowed if op == word), None)
    if op is None:
        _refuse_field(
            where,
            field,
            _("cannot be compared by “%(op)s”, only by %(allowed)s")
            % {"op": str(word)[:40], "allowed": ", ".join(allowed)},
        )
    return op


def _values(
    tree: Mapping[str, object], *, op: Op, field: FilterField, choices: Choices, where: str
) -> tuple[Scalar, ...]:
    try:
        if op in WITHOUT_VALUE:
            return _no_value(tree.get("value"))
        if "value" not in tree:
            raise BadValue(_("needs a value"))
        return _read_values(tree["value"], op=op, kind=field.kind, choices=choices)
    except BadValue as bad:
        _refuse_field(where, field, str(bad))


def _no_value(raw: object) -> tuple[Scalar, ...]:
    if raw is not None:
        raise BadValue(_("takes no value here"))
    return ()


def _read_values(raw: object, *, op: Op, kind: FieldKind, choices: Choices) -> tuple[Scalar, ...]:
    if op in WITH_DAY_COUNT:
        return (read_day_count(raw),)
    if op not in WITH_LIST | WITH_PAIR:
        return (read_value(raw, kind=kind, choices=choices),)
    if not isinstance(raw, list | tuple) or not raw or len(raw) > MOST_VALUES:
        raise BadValue(_("needs a list of 1 to %d values") % MOST_VALUES)
    values = tuple(read_value(one, kind=kind, choices=choices) for one in raw)
    return _pair(values) if op in WITH_PAIR else values


def _pair(values: Sequence[Scalar]) -> tuple[Scalar, ...]:
    if len(values) != 2:
        raise BadValue(_("needs two values, from and to"))
    if values[0] > values[1]:  # type: ignore[operator]  # both are numbers, or both are days
        raise BadValue(_("goes from the larger to the smaller value"))
    return tuple(values)


def _refuse_field(where: str, field: FilterField, why: str) -> NoReturn:
    _refuse(where, f"“{field.label}” {why}")


def _refuse(where: str, why: str) -> NoReturn:
    sentence = _("%(where)s: %(why)s.") % {"where": where or _("The filter"), "why": why}
    raise BadFilter(sentence, why=why)
