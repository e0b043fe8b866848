"""The cells of a list: what stands in them, and which are edited in place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """``sort`` names a stored, indexed field of the row's own table; without it no arrow."""

    name: str
    label: Words
    kind: str = "text"  # text number money when day badge score owner percent
    sort: str = ""
    template: str = ""  # draws ``row`` and ``value`` in place of the kind's own
    on_phone: bool = False
    value: Callable[[Any], Any] | None = None  # else the attribute called ``name``
    edit: str = ""  # the field of the record that is edited in the cell, see CellEdits

    @property
    def is_figure(self) -> bool:
        return self.kind in {"number", "money", "percent"}

    @property
    def cell_template(self) -> str:
        return self.template or f"ui/cells/{self.kind}.html"

    def value_of(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.name, None)


@dataclass(frozen=True, kw_only=True)
class CellEdits:
    """Where cells are edited in place: ``url_name`` takes the row's key and a column's ``edit``."""

    url_name: str
    among: Callable[[Any], QuerySet[Any]]  # the rows that a user may edit
    is_open: Callable[[Any, str], bool] = lambda row, edit: True

    def url(self, row: Any, column: Column) -> str:
        """Of a row that may be edited; "" for a cell that is only read."""
        is_it = column.edit and self.is_open(row, column.edit)
        return reverse(self.url_name, args=[row.key, column.edit]) if is_it else ""


@dataclass(frozen=True)
class Cell:
    column: Column
    value: Any
    edit_url: str = ""  # empty: this user only reads it


def draw(column: Column, row: Any, edits: CellEdits | None) -> Cell:
    """One cell of a row; without ``edits`` it is only read."""
    return Cell(column, column.value_of(row), edits.url(row, column) if edits else "")


def editable(edits: CellEdits | None, rows: list[Any], *, user: Any) -> set[Any]:
    """The ids of those that this user may edit."""
    if not edits or not rows:
        return set()
    mine = edits.among(user).filter(pk__in=[row.pk for row in rows])
    return set(mine.order_by().values_list("pk", flat=True))
