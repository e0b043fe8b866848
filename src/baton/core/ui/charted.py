"""The chart of a list's groups: bars, or a line where the groups are months or quarters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from baton.core.ui.cells import Column
from baton.core.ui.charts import FULL, Bar, Chart, Series, bars, trend
from baton.core.ui.formats import grouped, money
from baton.core.ui.grouping import Grouping, Words
from baton.core.ui.spans import later, words_of
from baton.core.ui.tally import AVERAGE, FIGURES, LEAST, MOST, SUM, Tally

COUNT, NO_CHART = "count", "none"
MOST_BARS, MOST_LINES, MOST_SPANS = 20, 5, 60
Group = tuple[Any, Words, Tally]
Number = Decimal | float | int


class Drawn(Protocol):
    """What a chart reads of the figures."""

    @property
    def groupings(self) -> Sequence[Grouping]: ...

    @property
    def columns(self) -> Sequence[Column]: ...

    @property
    def cells(self) -> dict[tuple[Any, ...], Tally]: ...

    @property
    def currency(self) -> str: ...

    @property
    def total(self) -> Tally: ...

    def seconds(self) -> list[tuple[Any, Words]]: ...

    def url_of(self, *values: Any) -> str: ...


def figure_words() -> dict[str, str]:
    """What each figure of a column is called."""
    return {SUM: _("Sum"), AVERAGE: _("Average"), LEAST: _("Least"), MOST: _("Most")}


def drawable(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """What can be drawn, by its word in the address."""
    yield COUNT, _("Number")
    words = figure_words()
    for column in columns:
        for name in FIGURES:
            yield f"{column.name}.{name}", f"{column.label}: {words[name]}"
    yield NO_CHART, _("No chart")


def said(value: Number | None, currency: str = "", *, short: bool = False) -> str:
    """A figure as it is written; a dash for none."""
    if value is None:
        return "–"
    if currency:
        return money(Decimal(str(value)).quantize(Decimal("0.01")), currency, short=short)
    rounded = round(float(value), 1)
    return grouped(rounded, decimals=0 if rounded.is_integer() else 1)


def chart_of(book: Drawn, firsts: Sequence[Group], wish: str) -> Chart | None:
    """None where none is wanted, or there is nothing to draw."""
    known = dict(drawable(book.columns))
    wish = wish if wish in known else COUNT
    if wish == NO_CHART or not firsts:
        return None
    name, _dot, figure = wish.rpartition(".")
    column = next((one for one in book.columns if one.name == name), None)
    currency = book.currency if column and column.adds_money else ""

    def value(tally: Tally) -> Number | None:
        return tally.known[column.name].figure(figure) if column else tally.count

    def say(number: Number | None, *, short: bool = False) -> str:
        return said(number, currency, short=short)

    is_whole = column is None or figure == SUM
    drawn = _line if book.groupings[0].span else _bars
    sentence = _sentence(firsts, book.total, value, say, is_whole=is_whole)
    chart = drawn(book, firsts, value, say, sentence, is_whole=is_whole)
    return replace(chart, table=None) if chart else None  # the figures stand beside it


Value = Callable[[Tally], Number | None]
Say = Callable[..., str]


def _sentence(
    firsts: Sequence[Group], total: Tally, value: Value, say: Say, *, is_whole: bool
) -> str:
    known = [(words, value(tally)) for _value, words, tally in firsts]
    told = [(words, number) for words, number in known if number is not None]
    if not told:
        return _("None of these has a figure.")
    words, number = max(told, key=lambda one: one[1])
    if not is_whole:
        return _("%(name)s comes first: %(figure)s.") % {"name": words, "figure": say(number)}
    of = {"name": words, "figure": say(number), "total": say(value(total))}
    return _("%(name)s comes first: %(figure)s of %(total)s.") % of


def _bars(
    book: Drawn,
    firsts: Sequence[Group],
    value: Value,
    say: Say,
    sentence: str,
    *,
    is_whole: bool,
) -> Chart:
    found = list(firsts)
    if len(found) > MOST_BARS:
        found = sorted(found, key=lambda one: -(value(one[2]) or 0))[:MOST_BARS]
        sentence = _("%(sentence)s The first %(n)d are drawn.") % {
            "sentence": sentence,
            "n": MOST_BARS,
        }
    return bars(
        [
            Bar(
                name=words,
                value=float(value(tally) or 0),
                words=say(value(tally)),
                href=book.url_of(key),
            )
            for key, words, tally in found
        ],
        sentence=sentence,
    )


def _line(
    book: Drawn,
    firsts: Sequence[Group],
    value: Value,
    say: Say,
    sentence: str,
    *,
    is_whole: bool,
) -> Chart | None:
    days = [key for key, _words, _tally in firsts if key is not None]
    if not days:
        return None
    spans = _between(min(days), max(days), book.groupings[0].span)
    tops = {key: tally for key, _words, tally in firsts}
    return trend(
        series=[
            Series(name=name, values=[_at(tallies.get(one), value, is_whole) for one in spans])
            for name, tallies in _lines(book, tops, value)
        ],
        labels=[words_of(one, book.groupings[0].span) for one in spans],
        sentence=sentence,
        width=FULL,
        say=lambda number: say(number, short=True),
    )


def _at(tally: Tally | None, value: Value, is_whole: bool) -> float | None:  # noqa: FBT001 -- handed on, never written at a call
    """A span without rows counts 0, and has no average."""
    if tally is None:
        return 0.0 if is_whole else None
    number = value(tally)
    return (0.0 if is_whole else None) if number is None else float(number)


def _lines(
    book: Drawn, tops: dict[Any, Tally], value: Value
) -> list[tuple[Words, dict[Any, Tally]]]:
    """One for all, or for each of the parts that come to most."""
    seconds = book.seconds()
    if not seconds:
        return [("", tops)]
    found = []
    for second, words in seconds:
        parts = {key[0]: tally for key, tally in book.cells.items() if key[1] == second}
        weight = sum(float(value(tally) or 0) for tally in parts.values())
        found.append((weight, words, parts))
    found.sort(key=lambda one: -one[0])
    return [(words, parts) for _weight, words, parts in found[:MOST_LINES]]


def _between(first: date, last: date, span: str) -> list[date]:
    """All of them, also those without rows; of very many the latest."""
    spans = [first]
    while spans[-1] < last:
        spans.append(later(spans[-1], span))
    return spans[-MOST_SPANS:]
