"""The figures of a list's groups as a file holds them: as shown, numbers plain."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from baton.core.ui.charted import figure_words
from baton.core.ui.figured import Book, booked
from baton.core.ui.listings import Listing, Words
from baton.core.ui.spreadsheets import harmless
from baton.core.ui.tally import FIGURES, Tally, folded


def figure_table(listing: Listing, rows: QuerySet[Any], asked: QueryDict) -> list[list[Any]]:
    """The heads, a line for each group and each of its parts, and all of them."""
    book = booked(listing, rows, asked)
    lines = [_heads(book), *_lines(book)]
    return [[harmless(cell) if isinstance(cell, str) else cell for cell in line] for line in lines]


def _heads(book: Book) -> list[Any]:
    words = figure_words()
    figures = [
        f"{column.label}: {words[name]}{f' ({book.currency})' if column.adds_money else ''}"
        for column in book.columns
        for name in FIGURES
    ]
    return [*(str(one.label) for one in book.groupings), _("Number"), *figures]


def _lines(book: Book) -> Iterator[list[Any]]:
    tops, seconds = folded(book.cells, depth=1), book.seconds()
    for value, words in book.order():
        yield _line(book, [words], tops[(value,)])
        for second, part in seconds:
            if (value, second) in book.cells:
                yield _line(book, [words, part], book.cells[value, second])
    yield _line(book, [_("All")], book.total)


def _line(book: Book, words: list[Words], tally: Tally) -> list[Any]:
    names = [str(one) for one in words]
    names += [""] * (len(book.groupings) - len(names))
    known = [(tally.known.get(column.name), name) for column in book.columns for name in FIGURES]
    return [
        *names,
        tally.count,
        *(_plain(one.figure(name) if one else None) for one, name in known),
    ]


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal("0.01")).normalize(), "f")
    return round(value, 2)
