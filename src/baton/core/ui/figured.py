"""A list as a report: figures of its groups, a total, a chart; each leads to the rows behind it.

The address says it: ``group=stage&then=owner&sum=amount&chart=amount.sum``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.settings.queries import organisation
from baton.core.ui import charted
from baton.core.ui.asked import CHART, CLOSED, CURSORS, GROUP, SORT, SUMS, THEN, turned
from baton.core.ui.cells import Column
from baton.core.ui.charts import Chart
from baton.core.ui.formats import grouped
from baton.core.ui.grouping import Grouping, Words, in_order, key_of
from baton.core.ui.listings import Listing
from baton.core.ui.only import ONLY
from baton.core.ui.tally import FIGURES, LEAST, MOST, Tally, folded, tallies

FIGURE_WORDS = (SUMS, THEN, CHART)
LONGEST = 200  # groups; what is more is told as one


@dataclass(frozen=True, kw_only=True)
class Line:
    """``figures`` are words with the address of what they count; "" leads nowhere."""

    words: Words
    count: str
    url: str
    figures: Sequence[tuple[str, str]]
    is_part: bool = False  # of the line above it


@dataclass(frozen=True, kw_only=True)
class Choice:
    name: str
    label: Words
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Figured:
    """What a template draws in place of the rows."""

    grouping: Grouping
    columns: Sequence[Column]
    lines: Sequence[Line]
    total: Line
    count: int
    chart: Chart | None
    notes: Sequence[str]
    rows_url: str
    groupings: Sequence[Choice]
    thens: Sequence[Choice]
    sums: Sequence[Choice]
    charts: Sequence[Choice]
    kept: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What the chart shows, and by what."""
        drawn = next((one.label for one in self.charts if one.is_chosen), _("Number"))
        return _("%(figure)s, by %(group)s") % {"figure": drawn, "group": self.grouping.label}

    @property
    def figure_words(self) -> list[str]:
        return list(charted.figure_words().values())


def is_figured(listing: Listing, asked: QueryDict) -> bool:
    """Whether the address asks for figures in place of rows."""
    return bool(asked.get(CHART)) and _named(listing, asked.get(GROUP, "")) is not None


def columns_that_add(listing: Listing) -> list[Column]:
    """Those of which sums can be made."""
    return [column for column in listing.columns if column.adds]


def chosen_columns(listing: Listing, asked: QueryDict) -> list[Column]:
    """Those that the address sums, and the one that it draws."""
    names = {*asked.getlist(SUMS), asked.get(CHART, "").rpartition(".")[0]}
    return [column for column in columns_that_add(listing) if column.name in names]


@dataclass(frozen=True)
class Book:
    """What was found, and how it is written."""

    listing: Listing
    asked: QueryDict
    groupings: Sequence[Grouping]  # one or two
    columns: Sequence[Column]
    cells: dict[tuple[Any, ...], Tally]
    currency: str

    @property
    def total(self) -> Tally:
        return folded(self.cells, depth=0).get((), Tally())

    def order(self) -> list[tuple[Any, Words]]:
        """All groups, in their order."""
        return in_order(self.groupings[0], [key[0] for key in self.cells])

    def firsts(self) -> list[tuple[Any, Words, Tally]]:
        """The groups in their order: all, or those that hold most."""
        tops = folded(self.cells, depth=1)
        found = [(value, words, tops[(value,)]) for value, words in self.order()]
        if len(found) <= LONGEST:
            return found
        most = sorted(found, key=lambda one: -one[2].count)[:LONGEST]
        kept = {one[0] for one in most}
        return [one for one in found if one[0] in kept]

    def seconds(self) -> list[tuple[Any, Words]]:
        if len(self.groupings) == 1:
            return []
        return in_order(self.groupings[1], [key[1] for key in self.cells])

    def url_of(self, *values: Any) -> str:
        """The rows of a group, or of a part of it."""
        address = self.asked.copy()
        for grouping, value in zip(self.groupings, values, strict=False):
            address.appendlist(ONLY, f"{grouping.name}:{key_of(value)}")
        return turned(address, without=[GROUP, CLOSED, SORT, *FIGURE_WORDS])

    def figures(self, tally: Tally, url: str) -> list[tuple[str, str]]:
        return [
            (written(column, tally, name, self.currency), self._sorted(url, column, name))
            for column in self.columns
            for name in FIGURES
        ]

    def _sorted(self, url: str, column: Column, name: str) -> str:
        """The least and the most are found first in that order."""
        if not url or not column.sort or name not in {LEAST, MOST}:
            return url
        return f"{url}&{SORT}={'-' if name == MOST else ''}{column.name}"

    def line(self, words: Words, tally: Tally, url: str, *, is_part: bool = False) -> Line:
        return Line(
            words=words,
            count=grouped(tally.count),
            url=url,
            figures=self.figures(tally, url),
            is_part=is_part,
        )


def written(column: Column, tally: Tally, name: str, currency: str) -> str:
    """A figure in words; a dash where no row has a value."""
    known = tally.known.get(column.name)
    value = known.figure(name) if known else None
    return charted.said(value, currency if column.adds_money else "")


def booked(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> Book:
    """One query, and one for the company's currency where money is summed."""
    listing = listing.whole()
    first = _named(listing, asked.get(GROUP, ""))
    assert first, "only a list in groups has figures"
    then = _named(listing, asked.get(THEN, ""))
    groupings = [first, then] if then and then.field != first.field else [first]
    columns = chosen_columns(listing, asked)
    is_money = any(column.adds_money for column in columns)
    currency = organisation().base_currency if is_money else ""
    return Book(listing, asked, groupings, columns, tallies(rows, groupings, columns), currency)


def figured(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> Figured:
    """Over all rows that are handed in, however many."""
    book = booked(listing, rows, asked)
    firsts = book.firsts()
    lines = list(lines_of(book, firsts))
    return Figured(
        grouping=book.groupings[0],
        columns=book.columns,
        lines=lines,
        total=book.line(_("All"), book.total, book.url_of()),
        count=book.total.count,
        chart=charted.chart_of(book, firsts, asked.get(CHART, "")),
        notes=list(notes_of(book)),
        rows_url=turned(asked, without=FIGURE_WORDS),
        **choices_of(listing, asked, book),
    )


def lines_of(book: Book, firsts: Sequence[tuple[Any, Words, Tally]]) -> Iterator[Line]:
    """Each group, and its parts under it."""
    seconds, left = book.seconds(), book.total.count
    for value, words, tally in firsts:
        left -= tally.count
        yield book.line(words, tally, book.url_of(value))
        for second, part in seconds:
            if (value, second) in book.cells:
                cell = book.cells[value, second]
                yield book.line(part, cell, book.url_of(value, second), is_part=True)
    if left:
        shown = {value for value, _words, _tally in firsts}
        rest = {key: one for key, one in book.cells.items() if key[0] not in shown}
        yield book.line(_("All others"), folded(rest, depth=0)[()], "")


def notes_of(book: Book) -> Iterator[str]:
    """In which currency, and what is left out because nobody knows it."""
    total = book.total
    if book.currency:
        yield _("Money in %(currency)s, the company's currency.") % {"currency": book.currency}
    for column in book.columns:
        missing = total.count - total.known[column.name].count if total.count else 0
        if missing:
            words = ngettext(
                "%(column)s: %(n)s without a figure is left out.",
                "%(column)s: %(n)s without a figure are left out.",
                missing,
            )
            yield words % {"column": column.label, "n": grouped(missing)}


def choices_of(listing: Listing, asked: QueryDict, book: Book) -> dict[str, Any]:
    """What else could be asked."""
    first, then = book.groupings[0], book.groupings[1:]
    chart = asked.get(CHART, "")
    chosen = {column.name for column in book.columns}
    return {
        "groupings": [
            Choice(name=one.name, label=one.label, is_chosen=one is first)
            for one in listing.groupings
        ],
        "thens": [
            Choice(name=one.name, label=one.label, is_chosen=one in then)
            for one in listing.groupings
            if one.field != first.field
        ],
        "sums": [
            Choice(name=one.name, label=one.label, is_chosen=one.name in chosen)
            for one in columns_that_add(listing)
        ],
        "charts": [
            Choice(name=name, label=label, is_chosen=name == chart)
            for name, label in charted.drawable(book.columns)
        ],
        "kept": [
            (name, value)
            for name, values in asked.lists()
            for value in values
            if name not in {GROUP, CLOSED, SORT, *CURSORS, *FIGURE_WORDS}
        ],
    }


def _named(listing: Listing, name: str) -> Grouping | None:
    return next((one for one in listing.groupings if one.name == name), None)
