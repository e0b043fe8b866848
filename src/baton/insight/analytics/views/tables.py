"""A report's table: heads that sort, cells that lead to the records behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Generic

from baton.core.ui.formats import NARROW, SYMBOLS, grouped, percent, unknown
from baton.insight.analytics.views.addresses import Address
from baton.insight.analytics.views.columns import Column, R, told
from baton.insight.analytics.words import ALL, BY, group_label

MOOT = "\N{EN DASH}"  # nothing there that could be measured
SHOWN = 50  # groups; more come when asked for
WHOLE_FROM = 100  # money a head: below it cents are of interest


@dataclass(frozen=True)
class Head:
    label: str
    term: str
    unit: str
    url: str
    direction: str  # ascending, descending or ""
    is_text: bool


@dataclass(frozen=True)
class Cell:
    words: str
    url: str = ""
    is_soft: bool = False
    is_text: bool = False
    more: Sequence["Cell"] = ()  # what stands behind the first, when it is opened


@dataclass(frozen=True)
class Line(Generic[R]):
    """One group, or the totals."""

    row: R
    label: str
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True)
class Earlier(Generic[R]):
    """The period before: what it is called, its totals, and the frame whose cells lead there."""

    name: str
    total: R
    frame: "Frame[R]"


@dataclass(frozen=True, kw_only=True)
class Table(Generic[R]):
    by: str
    first: Head
    groups: list[tuple[str, int]]  # heads over so many columns; none without groups
    heads: list[Head]
    lines: list[Line[R]]
    total: Line[R]
    before: Line[R] | None = None
    hidden: int = 0  # groups that are not shown
    all_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame(Generic[R]):
    """How a report becomes a table: its columns, and where its cells lead."""

    page: str  # the report's own
    records: str  # the page of the records behind a cell
    by: str
    columns: tuple[Column[R], ...]
    order: str  # a column's name, "-" before it for descending
    currency: str
    address: Address = field(repr=False)
    # Behind these columns are no people or deals: the address, by row; None is the total.
    others: Mapping[str, Callable[[R | None], str]] = field(default_factory=dict, repr=False)

    def table(
        self,
        rows: Sequence[R],
        total: R,
        *,
        columns: tuple[Column[R], ...] = (),
        before: Earlier[R] | None = None,
    ) -> Table[R]:
        """The rows in the order asked for, of some columns or all; ``before`` is to compare
        with."""
        columns = told(columns or self.columns, [*rows, total])
        ordered = self.ordered(rows)
        shown = ordered if self.address.values.get("all") else ordered[:SHOWN]
        return Table(
            by=self.by,
            first=self._head("group", str(BY[self.by])),
            groups=_groups(columns),
            heads=[self._column_head(column) for column in columns],
            lines=[
                self._line(row, columns, label=group_label(self.by, row.label)) for row in shown
            ],
            total=self._line(total, columns, label=str(ALL[self.by]), is_total=True),
            before=before.frame._line(before.total, columns, label=before.name, is_total=True)
            if before
            else None,
            hidden=len(ordered) - len(shown),
            all_url=self.address.to(self.page, all="1"),
        )

    def _line(
        self, row: R, columns: Sequence[Column[R]], *, label: str, is_total: bool = False
    ) -> Line[R]:
        """Each cell with a link to what is behind it, unless nothing is."""
        cells = [self._linked(column, row, is_total=is_total) for column in columns]
        return Line(row, label, cells)

    def _linked(self, column: Column[R], row: R, *, is_total: bool) -> Cell:
        value = column.value(row)
        is_there = value is not None if column.kind == "days" else bool(value)
        if not column.behind or not is_there or column.is_moot(row):
            return _cell(column, row)

        def url(narrow: Mapping[str, str]) -> str:
            return self.behind(row, is_total=is_total, column=column.behind, **narrow)

        if column.kind == "parts":
            cells = [Cell(part.words, url(part.narrow)) for part in column.parts(row)]
            return replace(cells[0], is_text=True, more=cells[1:])
        return replace(_cell(column, row), url=url(column.narrow(row)))

    def behind(self, row: R, *, is_total: bool = False, **cell: str) -> str:
        """The page of the records behind a cell of that row."""
        if elsewhere := self.others.get(cell.get("column", "")):
            return elsewhere(None if is_total else row)
        group = None if is_total else row.group_key
        return self.address.behind(self.records, by=self.by, group=group, **cell)

    def ordered(self, rows: Sequence[R]) -> list[R]:
        """By the column asked for; what is unknown comes last either way."""
        name, falls = self.order.removeprefix("-"), self.order.startswith("-")
        if name == "group":
            by_name = [(group_label(self.by, row.label).casefold(), row) for row in rows]
            return [row for _, row in sorted(by_name, key=lambda pair: pair[0], reverse=falls)]
        value = next(column.value for column in self.columns if column.name == name)
        known = [row for row in rows if value(row) is not None]
        known.sort(key=value, reverse=falls)
        return known + [row for row in rows if value(row) is None]

    def _column_head(self, column: Column[R]) -> Head:
        symbol = SYMBOLS.get(self.currency, self.currency)
        unit = f",{NARROW}{symbol}" if column.is_money else ""
        is_text = column.kind == "parts"
        return self._head(
            column.name, str(column.label), term=column.term, unit=unit, is_text=is_text
        )

    def _head(
        self, name: str, label: str, *, term: str = "", unit: str = "", is_text: bool = True
    ) -> Head:
        """A second click turns the order round; figures fall first, names rise."""
        is_current = self.order.removeprefix("-") == name
        falls = self.order.startswith("-")
        wish = f"-{name}" if (not falls if is_current else not is_text) else name
        direction = "descending" if falls else "ascending"
        url = self.address.to(self.page, sort=wish)
        return Head(label, term, unit, url, direction * is_current, is_text)


def order_of(asked: str, columns: Sequence[Column[Any]], *, usual: str) -> str:
    """The order asked for, or the usual one when there is no such column."""
    names = {"group", *(column.name for column in columns)}
    return asked if asked.removeprefix("-") in names else usual


def _cell(column: Column[R], row: R) -> Cell:
    value, is_text = column.value(row), column.kind == "parts"
    if column.is_moot(row):
        return Cell("" if is_text else MOOT, is_soft=True, is_text=is_text)
    if is_text:
        cells = [Cell(part.words) for part in column.parts(row)]
        return replace(cells[0], is_text=True, more=cells[1:])
    return Cell(words(column.kind, value), is_soft=value is None)


def _groups(columns: Sequence[Column[Any]]) -> list[tuple[str, int]]:
    spans = [(name, len([*run])) for name, run in groupby(columns, lambda column: column.group())]
    return spans if any(name for name, _span in spans) else []


def words(kind: str, value: Any) -> str:
    """A figure as a cell shows it; its unit stands in the head."""
    if value is None:
        return unknown()
    if kind == "percent":
        return percent(value)
    decimals = {"each": _cents(value), "days": int(value < 10), "rate": 2 if value < 10 else 0}
    decimals["share"] = 0 if value == int(value) else 2  # of deals
    digits = decimals.get(kind, 0)
    return grouped(round(value, digits), decimals=digits)


def _cents(value: Any) -> int:
    return 2 if abs(value) < WHOLE_FROM and value != int(value) else 0
