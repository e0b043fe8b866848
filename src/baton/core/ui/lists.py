"""Lists: filter, sort and page through a table of any length with the same two queries.
Paging is by key (the value sorted by, then the id), so page 400 costs what page 1 costs, and rows
that arrive meanwhile shift nothing. Everything a list shows stands in its address.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.signing import Signer
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject

from baton.core.sqlite.reach import by_order
from baton.core.ui import cursors, only
from baton.core.ui.asked import ASKED as ASKED
from baton.core.ui.asked import CHART as CHART
from baton.core.ui.asked import CLOSED as CLOSED
from baton.core.ui.asked import COLUMN, turned
from baton.core.ui.asked import CURSORS as CURSORS
from baton.core.ui.asked import GROUP as GROUP
from baton.core.ui.asked import SORT as SORT
from baton.core.ui.asked import SUMS as SUMS
from baton.core.ui.asked import THEN as THEN
from baton.core.ui.boarded import ListBoard, Ordered, boarded, more_cards
from baton.core.ui.boards import board_grouping
from baton.core.ui.cells import Cell, draw, editable, pencil_of
from baton.core.ui.cells import Column as Column
from baton.core.ui.figured import Figured, figured, is_figured
from baton.core.ui.found import TEXT as TEXT
from baton.core.ui.found import count_words as count_words
from baton.core.ui.found import counted as counted
from baton.core.ui.found import cut, text_of
from baton.core.ui.found import searched as searched
from baton.core.ui.grouping import Group, grouped_window, groups_of, heads_of, key_of
from baton.core.ui.grouping import Grouping as Grouping
from baton.core.ui.listings import Empty as Empty
from baton.core.ui.listings import Filter as Filter
from baton.core.ui.listings import Listing as Listing
from baton.core.ui.listings import Words as Words
from baton.core.ui.only import ONLY as ONLY
from baton.core.ui.pages import COLUMNS as COLUMNS
from baton.core.ui.pages import DENSITY as DENSITY
from baton.core.ui.pages import page_of
from baton.core.ui.tables import Head, Row, Table
from baton.core.ui.ways import closing_url, figures_url, group_urls, narrowings, widened
from baton.core.ui.ways import grouping_of as grouping_of

DENSITIES = ("compact", "relaxed")  # beside the usual one


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One page as a template draws it."""

    listing: Listing
    rows: list[Row]
    heads: list[Head]
    text: str
    total: int
    kept: list[tuple[str, str]]  # what else stands in the address, for the search form
    next_url: str = ""
    previous_url: str = ""
    density: str = ""
    wide_url: str = ""  # without the page's filters; empty: none is on
    tail: Sequence[Group] = ()  # closed groups behind the last row
    grouping: Grouping | None = None
    group_urls: Sequence[tuple[Words, str, bool]] = ()  # by what it can be grouped; is it so
    only: Sequence[tuple[Words, Words, str]] = ()  # by what it is narrowed, to which, and without
    figures: Figured | None = None  # what stands in place of the rows
    figures_url: str = ""  # where it does
    board: ListBoard | None = None  # what stands in place of the rows, too

    @property
    def id(self) -> str:
        return f"list-{self.listing.name}"

    @property
    def table(self) -> Table:
        ticked = f"bulk-{self.listing.name}" if self.listing.actions else ""
        return Table(id=self.id, heads=self.heads, rows=self.rows, tail=self.tail, ticked=ticked)

    @property
    def total_words(self) -> str:
        return count_words(self.total)


def list_page(
    request: HttpRequest, listing: Listing, of: QuerySet[Any] | Callable[[], QuerySet[Any]]
) -> ListPage:
    """The page that the address asks for. A cursor of another sort or filter leads to page one.

    The rows are put together when somebody asks for them: kept questions never do.
    """
    asked, listing = request.GET, listing.whole()
    rows: Any = SimpleLazyObject(lambda: narrowed(listing, of() if callable(of) else of, request))
    if is_figured(listing, asked):
        return _figured(listing, searched(listing, rows, asked), asked)
    if by := board_grouping(listing, asked):
        return _boarded(listing, rows, request, by=by)
    return _in_rows(listing, rows, request)


def _in_rows(listing: Listing, rows: QuerySet[Any], request: HttpRequest) -> ListPage:
    asked = request.GET
    found = _found(listing, rows, request)
    shown = found.window.rows
    if listing.prepare:
        listing.prepare(shown)
    open_to = editable(listing.edits, shown, user=getattr(request, "user", None))
    columns = shown_columns(listing, asked.get(COLUMNS, ""))
    edited = [(each, pencil_of(each, listing.edits)) for each in columns] if open_to else []
    only_read = [(each, None) for each in columns]
    return ListPage(
        listing=listing,
        rows=[
            Row(row, listing, edited if row.pk in open_to else only_read, groups)
            for row, groups in zip(shown, found.heads or [()] * len(shown), strict=True)
        ],
        heads=[_head(found.column, each, found.is_descending, asked) for each in columns],
        text=text_of(asked),
        total=found.total,
        next_url=turned(asked, after=found.key_of(-1)) if found.window.more else "",
        previous_url=turned(asked, before=found.key_of(0)) if found.window.earlier else "",
        kept=[pair for pair in _kept(asked) if pair[0] != TEXT],
        density=asked[DENSITY] if asked.get(DENSITY) in DENSITIES else "",
        wide_url=widened(listing, asked),
        tail=found.tail,
        grouping=found.grouping,
        group_urls=group_urls(listing, found.grouping, asked),
        only=narrowings(listing, rows, asked),
        figures_url=figures_url(listing, asked),
    )


def narrowed(listing: Listing, rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Those that the address's groups and filter leave; the quick filter comes upon them."""
    rows = only.narrowed(listing, rows, request.GET)
    return listing.asks.narrowed(rows, request) if listing.asks else rows


def _figured(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> ListPage:
    found = figured(listing, rows, asked)
    return _in_place_of_rows(
        listing,
        rows,
        asked,
        total=found.count,
        grouping=found.grouping,
        group_urls=group_urls(listing, found.grouping, asked),
        figures=found,
    )


def _boarded(
    listing: Listing, rows: QuerySet[Any], request: HttpRequest, *, by: Grouping
) -> ListPage:
    asked, user = request.GET, getattr(request, "user", None)
    column, ordering, seal = _order(listing, rows, asked)
    rows_of = counted = met = with_own(rows, column, by)
    if asked.get(ASKED) or asked.get(TEXT):
        found = cut(listing, rows_of, text_of(asked), None)
        met, is_few = found.rows, found.ids is not None
        counted = met if is_few else searched(listing, rows_of, asked)
    ordered = Ordered(rows=rows_of, counted=counted, met=met, ordering=ordering, seal=seal)
    drawn = more_cards if getattr(request, "htmx", False) and asked.get(COLUMN) else boarded
    board = drawn(listing, ordered, asked, grouping=by, user=user)
    return _in_place_of_rows(listing, rows, asked, total=board.count, board=board)


def _in_place_of_rows(
    listing: Listing, rows: QuerySet[Any], asked: QueryDict, *, total: int, **shown: Any
) -> ListPage:
    return ListPage(
        listing=listing,
        rows=[],
        heads=[],
        text=text_of(asked),
        total=total,
        kept=[pair for pair in _kept(asked) if pair[0] != TEXT],
        wide_url=widened(listing, asked),
        only=narrowings(listing, rows, asked),
        **shown,
    )


def _order(
    listing: Listing, rows: QuerySet[Any], asked: QueryDict
) -> tuple[Column, cursors.Ordering, Signer]:
    """By which column, how, and the seal of its cursors."""
    column, is_descending = order_of(listing, asked.get(SORT, ""))
    seal = cursors.seal_of([listing.name, column.sort, is_descending, *sorted(_kept(asked))])
    model = listing.as_opened.model if listing.as_opened else rows.model
    return column, cursors.ordering_of(model, column, is_descending=is_descending), seal


@dataclass(frozen=True, kw_only=True)
class _Found:
    """The rows of a page, and what leads on from them."""

    column: Column
    is_descending: bool
    ordering: cursors.Ordering
    seal: Signer
    window: cursors.Window
    total: int
    grouping: Grouping | None = None
    heads: list[Sequence[Group]] = field(default_factory=list)
    tail: Sequence[Group] = ()

    def key_of(self, place: int) -> str:
        row = self.window.rows[place]
        group = _group_key(self.grouping, row) if self.grouping else ""
        return self.ordering.key_of(row, self.seal, group=group)


def _found(listing: Listing, rows: QuerySet[Any], request: HttpRequest) -> _Found:
    asked = request.GET
    column, ordering, seal = _order(listing, rows, asked)
    place = ordering.read(asked, seal=seal)
    known: dict[str, Any] = {"column": column, "is_descending": ordering.is_descending}
    known |= {"ordering": ordering, "seal": seal}
    grouping = grouping_of(listing, asked.get(GROUP, ""))
    rows, found = with_own(rows, column, grouping), None
    as_opened = listing.as_opened
    if asked.get(ASKED) or asked.get(TEXT):
        as_opened = as_opened.asked(listing, request) if as_opened else None
        counted_so = as_opened.gathered() if as_opened else None
        found = cut(listing, rows, text_of(asked), counted_so)
        rows = found.rows
    if grouping is None:
        more = {"size": listing.size, "found": found, "as_opened": as_opened}
        total, window = page_of(rows, ordering, place, **more)
        return _Found(**known, window=window, total=total)
    closed = asked.getlist(CLOSED)
    groups = groups_of(rows, grouping, closed=closed, turn=lambda key: closing_url(asked, key))
    total = sum(group.count for group in groups)
    in_order = by_order(rows, total=total)
    window = grouped_window(in_order, ordering, groups, place, size=listing.size)
    keys = [_group_key(grouping, row) for row in window.rows]
    heads, tail = heads_of(groups, keys, key=place, window=window)
    return _Found(**known, window=window, total=total, grouping=grouping, heads=heads, tail=tail)


def with_own(rows: QuerySet[Any], column: Column, grouping: Grouping | None) -> QuerySet[Any]:
    """With the values of what the company made, where the list stands in their order or groups."""
    made = {column.sort: column.by}
    if grouping:
        made[grouping.field] = grouping.by
    marks = {name: by() for name, by in made.items() if by}
    return rows.annotate(**marks) if marks else rows


def _group_key(grouping: Grouping, row: Any) -> str:
    return key_of(getattr(row, grouping.field))


def shown_columns(listing: Listing, asked: str) -> tuple[Column, ...]:
    """Those that the address names, in its order, behind the first; the usual ones when none."""
    first, *others = listing.columns
    wanted = asked.split(",")
    by_name = {column.name: column for column in others}
    chosen = [by_name[name] for name in dict.fromkeys(wanted) if name in by_name]
    return (first, *chosen) if chosen or first.name in wanted else listing.usual_columns


def order_of(listing: Listing, asked: str) -> tuple[Column, bool]:
    """The column that the address sorts by, else the list's own; whether it falls."""
    for wish in (asked, listing.order):
        for column in listing.columns:
            if column.sort and column.name == wish.removeprefix("-"):
                return column, wish.startswith("-")
    raise TypeError(f"List {listing.name} has no sortable column {listing.order}")


def cell_of(listing: Listing, edit: str, row: Any) -> Cell:
    """The cell in which that field was edited, drawn anew."""
    column = next(column for column in listing.whole().columns if column.edit == edit)
    if listing.prepare:
        listing.prepare([row])
    return draw(column, row, pencil_of(column, listing.edits))


def _head(sorted_by: Column, column: Column, is_descending: bool, asked: QueryDict) -> Head:  # noqa: FBT001 -- handed on, never written at a call
    if not column.sort:
        return Head(column, "", "")
    is_current = column is sorted_by
    falls = not is_descending if is_current else column.falls_first
    wish = f"-{column.name}" if falls else column.name
    direction = "descending" if is_descending else "ascending"
    return Head(column, turned(asked, sort=wish), direction if is_current else "")


def _kept(asked: QueryDict) -> list[tuple[str, str]]:
    return [
        (name, value) for name, values in asked.lists() for value in values if name not in CURSORS
    ]
