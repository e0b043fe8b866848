"""The cells of a list: what stands in them, and which are edited in place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baton.core.addresses import around
from baton.core.prepared import Prepared
from baton.core.ui.marks import CELLS, icon, said

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Column:
    """``sort`` names a stored, indexed field of the row's own table; without it no arrow."""

    name: str
    label: Words
    kind: str = "text"  # of marks.CELLS
    sort: str = ""
    template: str = ""  # draws ``row`` and ``value`` in place of the kind's own
    draw: Callable[[Any, Any], Any] | None = None  # the same from (value, row), for long lists
    on_phone: bool = False
    value: Callable[[Any], Any] | None = None  # else the attribute called ``name``
    term: str = ""  # one of our words: its definition explains the column
    edit: str = ""  # the field of the record that is edited in the cell, see CellEdits
    by: Callable[[], Combinable] | None = None  # an indexed expression, which ``sort`` then names
    plain: Callable[[Any], Any] | None = None  # of a row: what a file has where words are drawn
    is_spare: bool = False  # shown only where it was chosen
    adds: str | Callable[[], Combinable] = ""  # the stored figure that groups are summed by
    adds_money: bool = False  # it is in the company's currency

    @cached_property
    def is_figure(self) -> bool:
        return self.kind in {"figure", "number", "money", "percent"}

    @cached_property
    def falls_first(self) -> bool:
        """Most and best are what figures and scores are sorted for."""
        return self.is_figure or self.kind == "score"

    @cached_property
    def classes(self) -> str:
        return f"{'end' if self.is_figure else ''}{' on-phone' if self.on_phone else ''}"

    @cached_property
    def draws(self) -> Callable[[Any, Any], Any]:
        """What stands in the cell, from (value, row): its own way, or that of its kind."""
        return self.draw or CELLS[self.kind]

    def value_of(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.name, None)

    def drawn(self, row: Any) -> Any:
        """By its own way, or by its kind."""
        value = self.value(row) if self.value else getattr(row, self.name, None)
        if self.template:
            return render_to_string(self.template, {"value": value, "row": row})
        return self.draws(value, row)


@dataclass(frozen=True, kw_only=True)
class CellEdits:
    """Where cells are edited in place: ``url_name`` takes the row's key and a column's ``edit``."""

    url_name: str
    among: Callable[[Any], QuerySet[Any]]  # the rows that a user may edit
    is_open: Callable[[Any, str], bool] = lambda row, edit: True


_ROW = "\0"  # no words hold it


class Pencil:
    """Behind the cells of a column that are edited in place. What they have in common, words and
    address, is put together once for all rows of a page."""

    def __init__(
        self, column: Column, address: tuple[str, str], is_open: Callable[[Any, str], bool]
    ) -> None:
        self._edit, self._address, self._is_open = column.edit, address, is_open
        words = _("Edit %(field)s of %(row)s") % {"field": column.label, "row": _ROW}
        self._before, _mark, self._after = said(words).partition(_ROW)

    def of(self, row: Any, focus: str = "") -> str:
        """ "" for a cell that is only read."""
        return self.at(row, str(row.key), said(row), focus)

    def at(self, row: Any, key: str, name: str, focus: str = "") -> str:
        """The same where key and name are known: they are those of all cells of a row."""
        if not self._is_open(row, self._edit):
            return ""
        before, after = self._address
        url = f"{before}{key}{after}"
        return (
            f'<a class="cell-pen" href="{url}" hx-get="{url}?cell=1" hx-target="closest td" '
            f'hx-swap="innerHTML" tabindex="-1"{focus}><span class="unseen">{self._before}'
            f"{name}{self._after}</span>{icon('pen')}</a>"
        )


class Cell(NamedTuple):
    column: Column
    value: Any
    row: Any
    pencil: Pencil | None = None  # None: this user only reads it

    @property
    def drawn(self) -> Any:
        return self.column.drawn(self.row)

    @property
    def pen(self) -> SafeString:
        return SafeString(self.pencil.of(self.row) if self.pencil else "")

    @property
    def focused_pen(self) -> SafeString:
        """Where the cell was edited just now: the keyboard stays there."""
        return SafeString(self.pencil.of(self.row, " data-focus") if self.pencil else "")


def pencil_of(column: Column, edits: CellEdits | None) -> Pencil | None:
    """For all cells of the column; None where nothing is edited."""
    if not edits or not column.edit:
        return None
    return Pencil(column, around(edits.url_name, column.edit), edits.is_open)


def draw(column: Column, row: Any, pencil: Pencil | None) -> Cell:
    """One cell of a row; without ``pencil`` it is only read."""
    return Cell(column, column.value_of(row), row, pencil)


def editable(edits: CellEdits | None, rows: list[Any], *, user: Any) -> set[Any]:
    """The ids of those that this user may edit."""
    if not edits or not rows:
        return set()
    return set(_open_to(edits).rows(user=user, ids=[row.pk for row in rows]))


@cache
def _open_to(edits: CellEdits) -> Prepared[int]:
    return Prepared(
        lambda user, ids: (
            edits.among(user).filter(pk__in=ids).order_by().values_list("pk", flat=True)
        )
    )
