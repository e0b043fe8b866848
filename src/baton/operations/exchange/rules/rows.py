"""The rows of a CSV file, one by one; a quote that is never closed breaks its own row alone."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

LONGEST_FIELD = 4_000_000  # characters; longer cells break the row, not the reader
MENDED = 100  # rows of a file that are parted from what they swallowed
csv.field_size_limit(LONGEST_FIELD)


class Torn(csv.Error):
    """A quote is opened and never closed; ``cells`` are those of the first line, quotes and all."""

    def __init__(self, cells: Sequence[str]) -> None:
        super().__init__("a quote is opened and not closed")
        self.cells = cells


def rows_of(
    file: Iterable[str], separator: str, *, width: int = 0, by_row: bool = False
) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """All rows with some text, and the line on which each begins; a broken one as its error.

    ``width``: how many cells a row has, by which one is known that has swallowed those below it.
    ``by_row``: rows are counted, not lines.
    """
    before, torn, rest = 0, 0, iter(file)
    while True:
        held: list[str] = []
        swallowed: list[str] | None = None
        for cells in _each(csv.reader(_holding(rest, held), delimiter=separator)):
            number = before + 1
            may_be = width and len(held) > 1 and torn < MENDED
            if may_be and _is_torn(cells, held, separator, width):
                first = next(csv.reader(held[:1], delimiter=separator, quoting=csv.QUOTE_NONE), [])
                yield number, Torn(first)
                before, torn, swallowed = number, torn + 1, held[1:]
                break
            before = number if by_row else before + len(held)
            held.clear()
            if isinstance(cells, csv.Error) or any(map(str.strip, cells)):
                yield number, cells
        if swallowed is None:
            return
        rest = chain(swallowed, rest)


def _each(reader: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    while True:
        try:
            yield next(reader)
        except csv.Error as error:
            yield error
        except StopIteration:
            return


def _holding(lines: Iterable[str], held: list[str]) -> Iterator[str]:
    """The lines, those of the row that is being read kept besides."""
    for line in lines:
        held.append(line)
        yield line


def _is_torn(cells: list[str] | csv.Error, held: Sequence[str], separator: str, width: int) -> bool:
    """Whether the row has swallowed others: the next line alone is a whole one, and this one has
    not as many cells as it should, or its quote is open to the end."""
    if _count(held[1], separator) != width:
        return False
    if isinstance(cells, csv.Error) or len(cells) != width:
        return True
    try:
        return next(csv.reader(held, delimiter=separator, strict=True), None) is None
    except csv.Error as error:
        return "unexpected end" in str(error)


def _count(line: str, separator: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return 0
