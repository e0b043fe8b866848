"""The same question asked of one object in Python, without a database."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from baton.core.filters.days import days_meant
from baton.core.filters.nodes import AllOf, Condition, Filter, Node, Not, Op
from baton.core.filters.operators import OPPOSITES
from baton.core.offers import FieldKind
from baton.core.sqlite.folding import fold_case
from baton.core.worktime.rules import day_start

Answer = Callable[[Condition, Any], bool]


class Matching:
    """One object that many filters are asked about."""

    def __init__(self, values: Mapping[str, Any], *, at: datetime, zone: ZoneInfo) -> None:
        self.values = values
        self.zone = zone
        self.today = at.astimezone(zone).date()
        self.folded: dict[str, str] = {}  # by field
        self.leaves: Mapping[FieldKind, Answer] = {
            FieldKind.TEXT: self.text,
            FieldKind.NUMBER: _number,
            FieldKind.DATE: self.on_days,
            FieldKind.CHOICE: _member,
            FieldKind.RELATION: _member,
            FieldKind.BOOLEAN: _member,
            FieldKind.SET: _any_member,
        }

    def fits(self, chosen: Filter) -> bool:
        """Whether it is among those the query finds."""
        return self.node(chosen.root)

    def node(self, node: Node) -> bool:
        if isinstance(node, Condition):
            return self.condition(node)
        if isinstance(node, Not):
            return not self.node(node.part)
        is_all = isinstance(node, AllOf)
        for part in node.parts:
            if self.node(part) is not is_all:
                return not is_all
        return is_all

    def text(self, condition: Condition, value: str) -> bool:
        name = condition.field.name
        if name not in self.folded:
            self.folded[name] = fold_case(value) or ""
        text, asked = self.folded[name], condition.folded
        if condition.op is Op.CONTAINS:
            return asked[0] in text
        if condition.op is Op.STARTS_WITH:
            return text.startswith(asked[0])
        return text in asked

    def condition(self, condition: Condition) -> bool:
        if condition.op in OPPOSITES:
            positive = Condition(condition.field, OPPOSITES[condition.op], condition.values)
            return not self.condition(positive)
        value = self.values[condition.field.name]
        if condition.op is Op.IS_EMPTY:
            return value is None or value == "" or value == frozenset()
        return value is not None and self.leaves[condition.field.kind](condition, value)

    def on_days(self, condition: Condition, value: date | datetime) -> bool:
        since, until = days_meant(condition, today=self.today)
        return (since is None or value >= self._bound(since, value)) and (
            until is None or value < self._bound(until, value)
        )

    def _bound(self, day: date, value: date | datetime) -> date | datetime:
        return day_start(day, zone=self.zone) if isinstance(value, datetime) else day


def _member(condition: Condition, value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(one in condition.values for one in values)


def _any_member(condition: Condition, value: Collection[object]) -> bool:
    return bool(set(condition.values).intersection(value))


def _number(condition: Condition, value: Any) -> bool:
    # A float is what it prints as: 0.1 in a database is 0.1, not the fraction behind it.
    number = Decimal(repr(value)) if isinstance(value, float) else value
    return NUMBERS[condition.op](number, *condition.values)


NUMBERS: Mapping[Op, Callable[..., bool]] = {
    Op.EQUAL: lambda number, bound: number == bound,
    Op.UNDER: lambda number, bound: number < bound,
    Op.AT_MOST: lambda number, bound: number <= bound,
    Op.OVER: lambda number, bound: number > bound,
    Op.AT_LEAST: lambda number, bound: number >= bound,
    Op.BETWEEN: lambda number, low, high: low <= number <= high,
}
