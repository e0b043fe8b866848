"""How well the matcher does on a table whose truth is known."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from baton.core.errors import gettext_noop
from baton.records.duplicates.rules.matching import find_duplicates
from baton.records.duplicates.rules.reading import Sheet, Unusable


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of the pairs found, how many are true; of the true ones, how many were found."""

    precision: float
    recall: float
    found_pairs: int
    true_pairs: int


def evaluate(sheet: Sheet, *, entity: str) -> Figures:
    """Rows with the same value in that column are one person; the matcher never sees it.

    Raises Unusable.
    """
    place = _place(sheet, entity)
    others = [index for index in range(len(sheet.headers)) if index != place]
    persons: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(sheet.rows):
        if row[place].strip():
            persons[row[place].strip()].append(number)
    if not persons:
        raise Unusable(
            gettext_noop("The column “%(column)s” is empty: nothing says who is one person."),
            column=sheet.headers[place],
        )
    true = {pair for rows in persons.values() for pair in combinations(rows, 2)}
    found = find_duplicates(
        [sheet.headers[index] for index in others],
        [[row[index] for index in others] for row in sheet.rows],
    ).pairs()
    right = len(found & true)
    return Figures(
        precision=right / len(found) if found else 1.0,
        recall=right / len(true) if true else 1.0,
        found_pairs=len(found),
        true_pairs=len(true),
    )


def _place(sheet: Sheet, entity: str) -> int:
    wanted = entity.strip()
    if wanted in sheet.headers:
        return sheet.headers.index(wanted)
    alike = [header.casefold() for header in sheet.headers]
    if wanted.casefold() in alike:
        return alike.index(wanted.casefold())
    raise Unusable(
        gettext_noop("There is no column “%(column)s”; the file has: %(columns)s."),
        column=wanted,
        columns=", ".join(sheet.headers),
    )
