"""A table of text, as it comes from a file, made ready to be judged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from baton.core.errors import gettext_noop
from baton.qualification.scoring.rules.foresight.cells import is_nothing
from baton.qualification.scoring.rules.foresight.columns import (
    WHY_IGNORED,
    Column,
    Kind,
    read_column,
)
from baton.qualification.scoring.rules.foresight.outcome import Outcome, read_outcome
from baton.qualification.scoring.rules.foresight.refusals import CannotForesee

FINE = {Kind.NUMBER, Kind.DATE}
MANY = 100  # values of a column, by which copies are told from people who are alike
Cells = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Table:
    """The rows that have an outcome, and a time where one is asked for."""

    outcome: Outcome
    columns: Sequence[Column]
    time: Column | None
    left_out: int  # rows without an outcome, or without a time

    @property
    def won(self) -> Sequence[bool]:
        return self.outcome.won

    @property
    def ignored(self) -> dict[str, str]:
        return {one.name: WHY_IGNORED[one.kind] for one in self.columns if one.kind in WHY_IGNORED}

    @property
    def repeated(self) -> int:
        """Rows that stand there already with the same figures, words and end: copies, where a
        figure of many values is among them."""
        said = [one for one in self.columns if one.kind not in {*WHY_IGNORED} - {Kind.TEXT}]
        if not any(one.kind in FINE and len({*one.values}) > MANY for one in said):
            return 0
        return len(self.won) - len({*zip(*(one.values for one in said), self.won, strict=True)})


def read_table(
    cells: Cells, *, outcome: str, time: str = "", excluded: Collection[str] = ()
) -> Table:
    """Raises CannotForesee."""
    outcome = named(cells, outcome)
    time = named(cells, time) if time else ""
    if time == outcome:
        raise CannotForesee(gettext_noop("The time and the outcome are one column."))
    away = {outcome} | {named(cells, one) for one in excluded}
    count = len(cells[outcome])
    dated = [at for at in range(count) if not time or not is_nothing(cells[time][at])]
    found = read_outcome(outcome, [cells[outcome][at] for at in dated])
    rows = [dated[at] for at in found.rows]
    columns = [
        read_column(name, [texts[at] for at in rows])
        for name, texts in cells.items()
        if name and name not in away
    ]
    return Table(
        outcome=found,
        columns=columns,
        time=_timed(time, [cells[time][at] for at in rows]) if time else None,
        left_out=count - len(rows),
    )


def _timed(name: str, texts: Sequence[str]) -> Column:
    """A growing number stays one, though it is another in each row."""
    found = read_column(name, texts)
    return Column(name, Kind.NUMBER, texts) if found.kind is Kind.ID else found


def named(cells: Cells, name: str) -> str:
    wanted = name.strip()
    if wanted in cells:
        return wanted
    alike = [one for one in cells if one.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    words = gettext_noop("There is no column “%(column)s”. The file has: %(columns)s.")
    raise CannotForesee(words, column=wanted, columns=", ".join(list(cells)[:60]))
