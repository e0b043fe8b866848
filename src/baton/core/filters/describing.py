"""A Filter in words: "Stage is MQL and Score over 69"."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baton.core.filters.fields import key_of, labels_of
from baton.core.filters.nodes import WINDOWS, AllOf, Condition, Filter, Node, Not, Op, Scalar
from baton.core.limits import Limits, present, unasked
from baton.core.offers import FieldKind, Label

PHRASES: Mapping[Op, Label] = {
    Op.IS: gettext_lazy("%(field)s is %(value)s"),
    Op.IS_NOT: gettext_lazy("%(field)s is not %(value)s"),
    Op.IN: gettext_lazy("%(field)s is %(value)s"),
    Op.NOT_IN: gettext_lazy("%(field)s is not %(value)s"),
    Op.IS_EMPTY: gettext_lazy("%(field)s is empty"),
    Op.IS_SET: gettext_lazy("%(field)s is set"),
    Op.CONTAINS: gettext_lazy("%(field)s contains %(value)s"),
    Op.STARTS_WITH: gettext_lazy("%(field)s starts with %(value)s"),
    Op.EQUAL: gettext_lazy("%(field)s is %(value)s"),
    Op.NOT_EQUAL: gettext_lazy("%(field)s is not %(value)s"),
    Op.UNDER: gettext_lazy("%(field)s under %(value)s"),
    Op.AT_MOST: gettext_lazy("%(field)s at most %(value)s"),
    Op.OVER: gettext_lazy("%(field)s over %(value)s"),
    Op.AT_LEAST: gettext_lazy("%(field)s at least %(value)s"),
    Op.BETWEEN: gettext_lazy("%(field)s from %(first)s to %(last)s"),
    Op.ON: gettext_lazy("%(field)s on %(value)s"),
    Op.BEFORE: gettext_lazy("%(field)s before %(value)s"),
    Op.AFTER: gettext_lazy("%(field)s after %(value)s"),
    Op.IN_LAST_DAYS: gettext_lazy("%(field)s in the last %(value)s"),
    Op.IN_NEXT_DAYS: gettext_lazy("%(field)s in the next %(value)s"),
    Op.MORE_THAN_DAYS_AGO: gettext_lazy("%(field)s more than %(value)s ago"),
}

# What a form offers as a comparison of its own; every other "not" stands before its condition.
NOT_PHRASES: Mapping[Op, Label] = {
    Op.CONTAINS: gettext_lazy("%(field)s does not contain %(value)s"),
    Op.STARTS_WITH: gettext_lazy("%(field)s does not start with %(value)s"),
    Op.IN: gettext_lazy("%(field)s is not %(value)s"),
    Op.ON: gettext_lazy("%(field)s not on %(value)s"),
    Op.IN_LAST_DAYS: gettext_lazy("%(field)s not in the last %(value)s"),
    Op.IN_NEXT_DAYS: gettext_lazy("%(field)s not in the next %(value)s"),
}


def describe(chosen: Filter) -> str:
    """A plain sentence without full stop; "Everything" for a filter without conditions. For whoever
    reads now."""
    return _described(chosen, _Told(unasked(present), _("a field that you do not see is as asked")))


def describe_to_all(chosen: Filter, *, of: Callable[[str], Limits]) -> str:
    """The same as it is kept for everybody: without what ``of`` hides."""
    return _described(chosen, _Told(unasked(of), _("a field that not everybody sees is as asked")))


@dataclass(frozen=True)
class _Told:
    """What is not named, and what is said instead."""

    unseen: Collection[str]
    instead: str


def _described(chosen: Filter, told: _Told) -> str:
    if isinstance(chosen.root, AllOf) and not chosen.root.parts:
        return _("Everything")
    return _node(chosen.root, told, is_inner=False)


def _node(node: Node, told: _Told, *, is_inner: bool = True) -> str:
    if isinstance(node, Condition):
        return _condition(node, PHRASES[node.op], told)
    if isinstance(node, Not) and isinstance(node.part, Condition) and node.part.op in NOT_PHRASES:
        return _condition(node.part, NOT_PHRASES[node.part.op], told)
    if isinstance(node, Not):
        return _("not (%s)") % _node(node.part, told, is_inner=False)
    if len(node.parts) == 1:
        return _node(node.parts[0], told, is_inner=is_inner)
    join = _(" and ") if isinstance(node, AllOf) else _(" or ")
    words = join.join(_node(part, told) for part in node.parts)
    return f"({words})" if is_inner else words


def _condition(condition: Condition, phrase: Label, told: _Told) -> str:
    if key_of(condition.field) in told.unseen:
        return told.instead
    labels = labels_of(condition.field) or {}
    shown = [_value(value, condition=condition, labels=labels) for value in condition.values]
    words = {
        "field": str(condition.field.label),
        "value": _or_list(shown),
        "first": shown[0] if shown else "",
        "last": shown[-1] if shown else "",
    }
    return str(phrase) % words


def _or_list(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _value(value: Scalar, *, condition: Condition, labels: Mapping[str, str]) -> str:
    if condition.op in WINDOWS:
        assert isinstance(value, int)
        return ngettext("%d day", "%d days", value) % value
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if condition.field.kind is FieldKind.TEXT:
        return f"“{value}”"
    return labels.get(str(value), str(value))
