"""What a persona says, and the simple rule by which people are one. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baton.records.people.rules import tidy

MOST_SENTENCES = 3  # openers that marketing approves: more would not be read


@dataclass(frozen=True)
class Row:
    """One line of the rule as a form shows it."""

    field: str = ""  # "person.job_title"
    op: str = ""
    value: str = ""  # several are parted by commas


JOINS = ("all", "any")
LISTS = frozenset({"in", "not_in"})
PAIRS = frozenset({"between"})
WITHOUT_VALUE = frozenset({"is_empty", "is_set"})
DAYS = frozenset({"in_last_days", "in_next_days", "more_than_days_ago"})


def clean_lines(lines: Iterable[str]) -> list[str]:
    """One sentence each, without empty and doubled ones."""
    return list(dict.fromkeys(tidied for line in lines if (tidied := tidy(line))))


@dataclass(frozen=True)
class Rows:
    """A rule as a form shows it: ``join`` is "all" (each must hold) or "any" (one is enough)."""

    join: str = "all"
    rows: Sequence[Row] = ()


def tree_of(asked: Rows, *, kinds: Mapping[str, str]) -> dict[str, Any] | None:
    """The filter that these rows mean; None when there is none.

    ``kinds``: field -> its FieldKind, so that ids and yes/no are not sent as text.
    """
    rows = [row for row in asked.rows if row.field and row.op]
    if not rows:
        return None
    return {asked.join: [_condition(row, kind=kinds.get(row.field, "text")) for row in rows]}


def rows_of(tree: Mapping[str, Any] | None) -> Rows | None:
    """The rows that a form can show; None when the filter is more than a list of conditions."""
    if not tree:
        return Rows()
    join, conditions = next(iter(tree.items()))
    if len(tree) != 1 or join not in JOINS or not isinstance(conditions, list):
        return None
    if any("field" not in one for one in conditions):
        return None
    rows = [Row(one["field"], one["op"], _written(one.get("value"))) for one in conditions]
    return Rows(join, rows)


def _condition(row: Row, *, kind: str) -> dict[str, Any]:
    condition: dict[str, Any] = {"field": row.field, "op": row.op}
    if row.op in WITHOUT_VALUE:
        return condition
    parts = [_read(part.strip(), kind=kind, op=row.op) for part in row.value.split(",")]
    whole = _read(row.value.strip(), kind=kind, op=row.op)
    return condition | {"value": parts if row.op in LISTS | PAIRS else whole}


def _read(text: str, *, kind: str, op: str) -> str | int | bool:
    if kind == "boolean":
        return text.casefold() in {"yes", "true", "1"}
    is_count = kind == "relation" or op in DAYS
    return int(text) if is_count and text.isdecimal() and text.isascii() else text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return "" if value is None else str(value)
