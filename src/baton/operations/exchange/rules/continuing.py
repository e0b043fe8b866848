"""Rows that go on with the one above, as the further lines of an order do."""

from collections.abc import Iterable, Iterator

from baton.operations.exchange.rules.reading import Left, Line
from baton.operations.exchange.rules.refusals import RowError


def continued(
    lines: Iterable[Line | RowError | Left], column: str
) -> Iterator[Line | RowError | Left]:
    """A row with the same cell as the row above, or none, holds in its empty cells what stands
    there: a file says only once what is the same for all of them."""
    above: dict[str, str] = {}
    for line in lines:
        if isinstance(line, RowError | Left):
            yield line
            continue
        cells = line.cells
        if above and cells[column] in ("", above[column]):
            cells = {name: text or above[name] for name, text in cells.items()}
        above = cells
        yield Line(line.number, cells)
