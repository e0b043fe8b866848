"""What a filter is made of, once it is read and known to be right."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from baton.core.offers import FilterField
from baton.core.sqlite.folding import fold_case

Scalar = str | Decimal | date | int | bool


class Op(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    NOT_IN = "not_in"
    IS_EMPTY = "is_empty"
    IS_SET = "is_set"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    EQUAL = "="
    NOT_EQUAL = "!="
    UNDER = "<"
    AT_MOST = "<="
    OVER = ">"
    AT_LEAST = ">="
    BETWEEN = "between"
    ON = "on"
    BEFORE = "before"
    AFTER = "after"
    IN_LAST_DAYS = "in_last_days"
    IN_NEXT_DAYS = "in_next_days"
    MORE_THAN_DAYS_AGO = "more_than_days_ago"


# Their answer changes as days go by, though no fact happens.
WINDOWS = frozenset({Op.IN_LAST_DAYS, Op.IN_NEXT_DAYS, Op.MORE_THAN_DAYS_AGO})
WHOLE = frozenset({Op.IS, Op.IN})  # of a text, not a part of it; their opposites ask by these


@dataclass(frozen=True)
class Condition:
    """``values``: none for is_empty and is_set, two for between, many for in; else one."""

    field: FilterField
    op: Op
    values: tuple[Scalar, ...]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The values as texts without regard to case, for whole texts with the words that mean the
        same: alike for everybody who is asked about."""
        texts = [str(one) for one in self.values]
        if self.field.alike and self.op in WHOLE:
            texts = [word for text in texts for word in self.field.alike(text)]
        return tuple(fold_case(text) or "" for text in texts)


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Node", ...]


Node = Condition | Not | AllOf | AnyOf


@dataclass(frozen=True)
class Filter:
    """A question about objects of one type, for whom each condition is true or false, never null.

    What is unknown is not equal to anything: a person without stage is "not MQL".
    """

    object_type: str
    root: Node

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(_conditions(self.root))

    @property
    def changed_by(self) -> frozenset[str]:
        """Names of the facts after which an object may answer otherwise."""
        return frozenset(name for found in self.conditions for name in found.field.changed_by)

    @property
    def has_window(self) -> bool:
        """Whether the answer may change from one day to the next by itself."""
        return any(found.op in WINDOWS for found in self.conditions)


def looks_of(node: Node) -> Hashable:
    """Alike for conditions that ask the same: by these their SQL differs, and by the day. Fields of
    one name are one, but for those that a company made: what these ask stands in their path."""
    if isinstance(node, Condition):
        field = node.field
        asked = (field.object_type, field.name, field.kind, field.is_list, field.path)
        return asked, node.op, node.values
    if isinstance(node, Not):
        return "not", looks_of(node.part)
    return type(node), tuple(map(looks_of, node.parts))


def _conditions(node: Node) -> Iterator[Condition]:
    if isinstance(node, Condition):
        yield node
    elif isinstance(node, Not):
        yield from _conditions(node.part)
    else:
        for part in node.parts:
            yield from _conditions(part)
