"""A simple filter as rows of a form: field, comparison, value; all of them, or any."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baton.core.filters.fields import fields_of, key_of
from baton.core.filters.nodes import Op
from baton.core.filters.operators import WITH_DAY_COUNT, WITH_LIST, WITH_PAIR, WITHOUT_VALUE
from baton.core.limits import present, unasked
from baton.core.offers import FieldKind, FilterField

SPARE, MOST = 2, 12  # empty rows below those that are there; rows at all
NAMED = frozenset(
    {FieldKind.CHOICE, FieldKind.RELATION, FieldKind.SET}
)  # typed by name, kept by key
YES = frozenset({"yes", "true", "1"})

COMPARISONS: Mapping[str, str | Promise] = {
    Op.IS: _("is"),
    Op.IS_NOT: _("is not"),
    Op.IN: _("is one of"),
    Op.NOT_IN: _("is none of"),
    Op.CONTAINS: _("contains"),
    Op.STARTS_WITH: _("starts with"),
    Op.EQUAL: "=",
    Op.NOT_EQUAL: "≠",
    Op.OVER: _("over"),
    Op.AT_LEAST: _("at least"),
    Op.UNDER: _("under"),
    Op.AT_MOST: _("at most"),
    Op.BETWEEN: _("between"),
    Op.ON: _("on"),
    Op.BEFORE: _("before"),
    Op.AFTER: _("after"),
    Op.IN_LAST_DAYS: _("in the last days"),
    Op.MORE_THAN_DAYS_AGO: _("more days ago than"),
    Op.IN_NEXT_DAYS: _("in the next days"),
    Op.IS_EMPTY: _("is empty"),
    Op.IS_SET: _("is set"),
}
JOINS = (("all", _("All of these hold")), ("any", _("One of these holds")))


@dataclass(frozen=True)
class Row:
    """One condition as it is typed; several values are parted by commas."""

    field: str = ""
    op: str = ""
    value: str = ""


class RowForm(forms.Form):
    """The controls of one row."""

    field = forms.ChoiceField(label=_("Field"), required=False)
    op = forms.ChoiceField(
        label=_("Comparison"), required=False, choices=[("", "–"), *COMPARISONS.items()]
    )
    value = forms.CharField(label=_("Value"), required=False, max_length=500)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, Any]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        choices = [("", "–"), *offered]
        self.fields["field"] = forms.ChoiceField(label=_("Field"), required=False, choices=choices)


class FilterRows:
    """Rows for a tree, and the tree from what was typed. ``parse`` judges it, not this.

    ``is_kept``: the tree says more than rows can (it was made over the API), or asks by a field
    that is hidden from whoever writes: it stays as it is. By such a field nobody asks anew.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        tree: Mapping[str, Any] | None = None,
        object_type: str = "person",
        without: Collection[str] = (),
        prefix: str = "",
        spare: int = SPARE,
    ) -> None:
        self.stored = tree
        self.prefix, self.spare = prefix, spare
        self.join_name = f"{prefix}join"
        unseen = unasked(present)
        self.offered = {
            key: field
            for field in fields_of(object_type)
            if (key := key_of(field)) not in unseen and key not in without
        }
        join, rows = _rows_of(tree)
        self.is_kept = rows is None or any(row.field in unseen for row in rows)
        self.chosen_join = (data.get(self.join_name, "") if data is not None else join) or "all"
        self.joins = [(value, label, value == self.chosen_join) for value, label in JOINS]
        self.forms = self._forms(data, rows or [])

    def is_valid(self) -> bool:
        return not [row for row in self.forms if not row.is_valid()]  # asks every one

    def is_unfinished(self) -> bool:
        """A row that asks by a field without saying what, which ``tree`` would leave out."""
        rows = [Row(**row.cleaned_data) for row in self.forms if row.is_valid()]
        return any(bool(row.field) != bool(row.op) or (row.value and not row.op) for row in rows)

    def tree(self) -> Mapping[str, Any] | None:
        """What the rows mean; None when all are empty."""
        if self.is_kept:
            return self.stored
        rows = [Row(**row.cleaned_data) for row in self.forms]
        conditions = [self._condition(row) for row in rows if row.field and row.op]
        join = "any" if self.chosen_join == "any" else "all"
        return {join: conditions} if conditions else None

    def _forms(self, data: Any, rows: Sequence[Row]) -> list[RowForm]:
        count = min(len(rows) + self.spare, MOST)
        if data is not None:
            count = sum(f"{self.prefix}row-{place}-field" in data for place in range(MOST))
            count = count or int(bool(self.prefix))  # one of several on a form that was not sent
        starts = [*map(self._named, rows), *[Row()] * MOST]
        offered = [(key, field.label) for key, field in self.offered.items()]
        return [
            RowForm(
                data,
                prefix=f"{self.prefix}row-{place}",
                initial=vars(starts[place]),
                offered=offered,
            )
            for place in range(count)
        ]

    def _condition(self, row: Row) -> dict[str, Any]:
        condition: dict[str, Any] = {"field": row.field, "op": row.op}
        if row.op in WITHOUT_VALUE:
            return condition
        field = self.offered.get(row.field)
        if row.op in WITH_LIST | WITH_PAIR:
            parts = [part.strip() for part in row.value.split(",") if part.strip()]
            return condition | {"value": [_read(part, field=field, op=row.op) for part in parts]}
        return condition | {"value": _read(row.value.strip(), field=field, op=row.op)}

    def _named(self, row: Row) -> Row:
        """With names where the tree keeps keys."""
        names = dict(_choices(self.offered.get(row.field)))
        parts = [names.get(part.strip(), part.strip()) for part in row.value.split(",")]
        return Row(row.field, row.op, ", ".join(parts)) if names else row


def _choices(field: FilterField | None) -> list[tuple[str, str]]:
    if field is None or field.kind not in NAMED or field.choices is None:
        return []
    return [(str(key), str(label)) for key, label in field.choices()]


def _read(text: str, *, field: FilterField | None, op: str) -> Any:
    """The value as a tree keeps it; what cannot be read stays text, and is refused by ``parse``."""
    kind = field.kind if field else FieldKind.TEXT
    if kind is FieldKind.BOOLEAN:
        return text.casefold() in YES
    keys = {label.casefold(): key for key, label in _choices(field)}
    text = keys.get(text.casefold(), text)
    is_count = kind is FieldKind.RELATION or op in WITH_DAY_COUNT
    return int(text) if is_count and text.isascii() and text.isdecimal() else text


def _rows_of(tree: Mapping[str, Any] | None) -> tuple[str, list[Row] | None]:
    """Join and rows of a tree; None for what rows cannot say: groups in groups, more conditions
    than there are rows, a member of a list with a comma in it."""
    if not tree:
        return "all", []
    [(join, parts)] = [("all", [tree])] if "field" in tree else tree.items()
    is_flat = join in {"all", "any"} and all("field" in part for part in parts)
    fits = is_flat and len(parts) <= MOST and not any(map(_has_comma, parts))
    return join, [_row(part) for part in parts] if fits else None


def _has_comma(condition: Mapping[str, Any]) -> bool:
    values = condition.get("value")
    return isinstance(values, list) and any("," in str(value) for value in values)


def _row(condition: Mapping[str, Any]) -> Row:
    return Row(condition["field"], condition["op"], _written(condition.get("value")))


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return "" if value is None else str(value)
