"""Lists: filter, sort and page through a table of any length with the same two queries.

Paging is by key (the value sorted by, then the id), so page 400 costs what page 1 costs, and rows
that arrive meanwhile shift nothing. Everything a list shows stands in its address.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from baton.core.ui import cursors
from baton.core.ui.cells import Cell, CellEdits, draw, editable
from baton.core.ui.cells import Column as Column  # who declares a list needs both
from baton.core.ui.formats import grouped

PAGE_SIZE = 25
LONGEST = 200  # characters of a quick filter
COUNTED = 10_000  # above it the figure is "over 10,000": counting on would cost more than it tells
CURSORS = ("after", "before")
# What an address says to each list
TEXT, SORT, COLUMNS, DENSITY, ASKED = "q", "sort", "cols", "density", "filter"
DENSITIES = ("compact", "relaxed")  # beside the usual one
Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What stands there before the first row."""

    text: Words
    icon: str = "inbox"
    url: str = ""
    action: Words = ""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A word of the address that the page narrows by; ``knows`` tells a value that is a choice."""

    name: str
    label: Words = ""
    knows: Callable[[str], bool] = bool
    is_tab: bool = False  # the page's own tabs and switches write it
    narrows: bool = True  # False: it says how rows are shown, not which


class Asking(Protocol):
    """What reads a filter in the address: fields and comparisons are known higher up."""

    def narrowed(self, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]: ...


@dataclass(frozen=True, kw_only=True)
class Listing:
    """``rows`` are those that a user may see, as tabs and choices of the address have them; a list
    that is asked by filters (``asks``) counts them before it is shown."""

    name: str  # the list's id on the page is list-<name>
    columns: tuple[Column, ...]
    order: str  # a column's name, "-" before it for descending
    empty: Empty
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    second: Callable[[Any], Words] | None = None  # what stands under the name on a phone
    url: Callable[[Any], str] | None = None  # else get_absolute_url
    actions: str = ""  # template with the buttons for ticked rows; empty: no ticks
    size: int = PAGE_SIZE
    filters: tuple[Filter, ...] = ()  # of the page, for saved views
    rows: Callable[[Any, QueryDict], QuerySet[Any]] | None = None
    asks: Asking | None = None
    prepare: Callable[[list[Any]], None] | None = None  # asks once for what all cells need
    edits: CellEdits | None = None

    def with_step(self, url: str, action: Words) -> "Listing":
        """The same, and where it is empty it leads to its first row: for those who may make it."""
        return replace(self, empty=replace(self.empty, url=url, action=action))


@dataclass(frozen=True)
class Row:
    object: Any
    url: str
    second: Words
    first: Cell
    cells: list[Cell]


@dataclass(frozen=True)
class Head:
    column: Column
    url: str  # empty: cannot be sorted by
    direction: str  # ascending, descending or ""


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page as a template draws it."""

    listing: Listing
    rows: list[Row]
    heads: list[Head]
    text: str
    total: int
    next_url: str
    previous_url: str
    kept: list[tuple[str, str]]  # what else stands in the address, for the search form
    density: str = ""
    wide_url: str = ""  # without the page's filters; empty: none is on

    @property
    def id(self) -> str:
        return f"list-{self.listing.name}"

    @property
    def total_words(self) -> str:
        return count_words(self.total)


def list_page(request: HttpRequest, listing: Listing, rows: QuerySet[Any]) -> ListPage:
    """The page that the address asks for. A cursor of another sort or filter leads to page one."""
    asked = request.GET
    column, is_descending = _order(listing, asked.get(SORT, ""))
    rows = searched(listing, rows, asked)
    if listing.asks:
        rows = listing.asks.narrowed(rows, request)
    total = counted(rows)
    seal = cursors.seal_of([listing.name, column.sort, is_descending, *sorted(_kept(asked))])
    place = cursors.read(asked, rows.model, column.sort, seal=seal)
    ordering = cursors.Ordering(rows.model, column.sort, is_descending=is_descending)
    columns = shown_columns(listing, asked.get(COLUMNS, ""))
    window = ordering.window(rows, place, size=listing.size)
    if listing.prepare:
        listing.prepare(window.rows)
    open_to = editable(listing.edits, window.rows, user=getattr(request, "user", None))
    return ListPage(
        listing=listing,
        rows=[_row(listing, columns, row, may_edit=row.pk in open_to) for row in window.rows],
        heads=[_head(column, each, is_descending, asked) for each in columns],
        text=_text(asked),
        total=total,
        next_url=_turn(asked, "after", ordering.key_of(window.last, seal)) if window.more else "",
        previous_url=_turn(asked, "before", ordering.key_of(window.first, seal))
        if window.earlier
        else "",
        kept=[pair for pair in _kept(asked) if pair[0] != TEXT],
        density=asked[DENSITY] if asked.get(DENSITY) in DENSITIES else "",
        wide_url=_widened(asked, listing),
    )


def searched(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> QuerySet[Any]:
    """Those that the quick filter finds."""
    text = _text(asked)
    return listing.search(rows, text) if text and listing.search else rows


def counted(rows: QuerySet[Any]) -> int:
    """How many; of more than are counted, one more than that."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def count_words(total: int) -> str:
    """ "1,234", "over 10,000"."""
    if total > COUNTED:
        return _("over {count}").format(count=grouped(COUNTED))
    return grouped(total)


def shown_columns(listing: Listing, asked: str) -> tuple[Column, ...]:
    """Those that the address names, in its order, behind the first; all when it names none."""
    first, *others = listing.columns
    wanted = asked.split(",")
    by_name = {column.name: column for column in others}
    chosen = [by_name[name] for name in dict.fromkeys(wanted) if name in by_name]
    return (first, *chosen) if chosen or first.name in wanted else listing.columns


def _text(asked: QueryDict) -> str:
    """Without NUL, which PostgreSQL refuses, and no longer than a name can be."""
    return asked.get(TEXT, "").replace("\0", "").strip()[:LONGEST]


def _order(listing: Listing, asked: str) -> tuple[Column, bool]:
    for wish in (asked, listing.order):
        for column in listing.columns:
            if column.sort and column.name == wish.removeprefix("-"):
                return column, wish.startswith("-")
    raise TypeError(f"List {listing.name} has no sortable column {listing.order}")


def cell_of(listing: Listing, edit: str, row: Any) -> Cell:
    """The cell in which that field was edited, drawn anew."""
    column = next(column for column in listing.columns if column.edit == edit)
    if listing.prepare:
        listing.prepare([row])
    return draw(column, row, listing.edits)


def _row(listing: Listing, columns: tuple[Column, ...], row: Model, *, may_edit: bool) -> Row:
    edits = listing.edits if may_edit else None
    first, *others = [draw(column, row, edits) for column in columns]
    return Row(
        object=row,
        url=listing.url(row) if listing.url else getattr(row, "get_absolute_url", str)(),
        second=listing.second(row) if listing.second else "",
        first=first,
        cells=others,
    )


def _head(sorted_by: Column, column: Column, is_descending: bool, asked: QueryDict) -> Head:  # noqa: FBT001 -- handed on, never written at a call
    if not column.sort:
        return Head(column, "", "")
    is_current = column is sorted_by
    wish = f"-{column.name}" if is_current and not is_descending else column.name
    direction = "descending" if is_descending else "ascending"
    return Head(column, _address(asked, sort=wish), direction if is_current else "")


def _widened(asked: QueryDict, listing: Listing) -> str:
    asked_of = [(one, asked.get(one.name)) for one in listing.filters if one.narrows]
    on = [one.name for one, value in asked_of if isinstance(value, str) and one.knows(value)]
    if listing.asks and asked.get(ASKED):
        on.append(ASKED)
    return _address(asked, without=on) if on else ""


def _turn(asked: QueryDict, side: str, token: str) -> str:
    return _address(asked, **{side: token})


def _address(asked: QueryDict, *, without: Iterable[str] = (), **changes: str) -> str:
    """The same list with something changed, on the first page unless a cursor is given."""
    address = asked.copy()
    for name in (*CURSORS, *without):
        address.pop(name, None)
    for name, value in changes.items():
        address[name] = value
    return f"?{address.urlencode()}"


def _kept(asked: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in asked.lists() for value in values if name not in CURSORS
    ]
