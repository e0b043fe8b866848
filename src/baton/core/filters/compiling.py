"""A Filter becomes one condition of a query. Each leaf is true or false in SQL, never null."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, Lookup, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import (
    Contains,
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    In,
    IsNull,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)

from baton.core.filters.days import days_meant
from baton.core.filters.lookups import BeforeDay, FoldedCase, SinceDay
from baton.core.filters.nodes import WHOLE, AllOf, Condition, Filter, Node, Not, Op, Scalar
from baton.core.filters.operators import OPPOSITES
from baton.core.offers import FieldKind

COMPARISONS: Mapping[Op, type[Lookup[Any]]] = {
    Op.EQUAL: Exact,
    Op.UNDER: LessThan,
    Op.AT_MOST: LessThanOrEqual,
    Op.OVER: GreaterThan,
    Op.AT_LEAST: GreaterThanOrEqual,
}


def compile_filter(chosen: Filter, *, at: datetime, zone: ZoneInfo) -> Q:
    """For ``queryset.filter(...)`` on the filter's object type.

    ``at`` and ``zone`` decide what today is, and which moments belong to a day.
    """
    return _Compiling(at=at, zone=zone).node(chosen.root)


class _Compiling:
    def __init__(self, *, at: datetime, zone: ZoneInfo) -> None:
        self.zone = zone
        self.today = at.astimezone(zone).date()
        self.leaves: Mapping[FieldKind, Callable[[Condition, Combinable], Q]] = {
            FieldKind.TEXT: _text,
            FieldKind.NUMBER: _number,
            FieldKind.DATE: self.on_days,
            FieldKind.CHOICE: _member,
            FieldKind.RELATION: _member,
            FieldKind.BOOLEAN: _boolean,
        }

    def node(self, node: Node) -> Q:
        if isinstance(node, Condition):
            return self.condition(node)
        if isinstance(node, Not):
            return ~self.node(node.part)
        join = and_ if isinstance(node, AllOf) else or_
        # Only the root may be without parts; Q() is everything there.
        return reduce(join, (self.node(part) for part in node.parts)) if node.parts else Q()

    def condition(self, condition: Condition) -> Q:
        if condition.op in OPPOSITES:
            positive = Condition(condition.field, OPPOSITES[condition.op], condition.values)
            return ~self.condition(positive)
        if having := condition.field.having:
            found = having([str(value) for value in condition.values])
            return ~found if condition.op is Op.IS_EMPTY else found
        path = condition.field.path
        asked = F(path) if isinstance(path, str) else path()
        if isinstance(asked, Exists):  # never null: asked once, not compared with true
            return _among(condition) & Q(asked) if condition.values[0] else ~Q(asked)
        if condition.op is Op.IS_EMPTY:
            return _is_empty(asked, kind=condition.field.kind)
        # Without this, NOT of a comparison with NULL would be NULL, and the row lost.
        found = Q(IsNull(asked, rhs=False)) & self.leaves[condition.field.kind](condition, asked)
        return _among(condition) & found

    def on_days(self, condition: Condition, asked: Combinable) -> Q:
        since, until = days_meant(condition, today=self.today)
        bounds = []
        if since:
            bounds.append(Q(SinceDay(asked, since, self.zone)))
        if until:
            bounds.append(Q(BeforeDay(asked, until, self.zone)))
        return reduce(and_, bounds)


def _among(condition: Condition) -> Q:
    """Those that an index finds, of which these are, where the field knows such."""
    among, is_asked = condition.field.among, condition.op in WHOLE | {Op.STARTS_WITH}
    return among(condition.folded) if among and is_asked else Q()


def _is_empty(asked: Combinable, *, kind: FieldKind) -> Q:
    if kind in {FieldKind.TEXT, FieldKind.CHOICE}:
        if (
            isinstance(asked, Subquery) and kind is FieldKind.TEXT
        ):  # which is asked anew wherever it stands
            return Q(Exact(Coalesce(asked, Value("")), Value("")))
        return Q(IsNull(asked, rhs=True)) | Q(Exact(asked, Value("")))
    return Q(IsNull(asked, rhs=True))


def _text(condition: Condition, asked: Combinable) -> Q:
    folded = list(condition.folded)
    if condition.op is Op.CONTAINS:
        return Q(Contains(FoldedCase(asked), folded[0]))
    if condition.op is Op.STARTS_WITH:
        return Q(StartsWith(FoldedCase(asked), folded[0]))
    return Q(In(FoldedCase(asked), folded))


def _member(condition: Condition, asked: Combinable) -> Q:
    if condition.field.is_list:
        return reduce(or_, (Q(Contains(asked, text)) for text in _members(condition)))
    return Q(In(asked, list(condition.values)))


def _members(condition: Condition) -> Iterator[str]:
    """As they stand in the text of a list: a database may write letters as escapes, or not."""
    for value in condition.values:
        yield from {json.dumps(value), json.dumps(value, ensure_ascii=False)}


def _number(condition: Condition, asked: Combinable) -> Q:
    bounds = [_plain(value) for value in condition.values]
    if condition.op is Op.BETWEEN:
        return Q(GreaterThanOrEqual(asked, bounds[0])) & Q(LessThanOrEqual(asked, bounds[1]))
    return Q(COMPARISONS[condition.op](asked, bounds[0]))


def _plain(value: Scalar) -> Value:
    """A whole number as one, so that an index over whole numbers serves."""
    assert isinstance(value, Decimal)
    return Value(int(value)) if value == value.to_integral_value() else Value(value)


def _boolean(condition: Condition, asked: Combinable) -> Q:
    return Q(Exact(asked, Value(condition.values[0])))
