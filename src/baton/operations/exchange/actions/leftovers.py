"""The lines that failed, in files to mend and feed again."""

import csv
from collections.abc import Sequence
from pathlib import Path

from baton.core.ui.spreadsheets import harmless
from baton.operations.exchange.actions.matching import headers_of
from baton.operations.exchange.rules.reading import Sheet, names_of, open_sheet
from baton.operations.exchange.rules.recipe import WHY, Recipe
from baton.operations.exchange.rules.rows import Torn
from baton.operations.exchange.rules.tally import Tally


def write_leftovers(
    *, paths: Sequence[Path], recipe: Recipe, tally: Tally, folder: Path
) -> list[Path]:
    """``<name>-to-mend.csv`` for each file with bad lines: its header, the lines, and why.

    The lines are as they were, but that a formula is none, and for one that cannot be read at all:
    of it stands only the reason. Fed again, the extra column is ignored.
    """
    made: list[Path] = []
    known = headers_of(recipe)
    for path, name in zip(paths, names_of(paths), strict=True):
        reasons = {error.line: error.message for error in tally.errors if error.file == name}
        if reasons:
            folder.mkdir(parents=True, exist_ok=True)
            made.append(_free(folder, name, made))
            _write(open_sheet(path, name, headers=known), reasons, into=made[-1])
    return made


def _free(folder: Path, name: str, made: Sequence[Path]) -> Path:
    """Namesakes of two folders, or of two endings, get a file each."""
    stem = str(Path(name).with_suffix("")).strip("/.").replace("/", "-")
    target, number = folder / f"{stem}-to-mend.csv", 1
    while target in made:
        number += 1
        target = folder / f"{stem}-{number}-to-mend.csv"
    return target


def _write(sheet: Sheet, reasons: dict[int, str], *, into: Path) -> None:
    header = [name for name in sheet.header if name != WHY]
    with into.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*map(harmless, header), WHY])
        for number, cells in sheet.rows():
            if number in reasons:
                kept = _kept(cells)[: len(header)]
                line = [*kept, *[""] * (len(header) - len(kept)), reasons[number]]
                writer.writerow(map(harmless, line))


def _kept(cells: list[str] | csv.Error) -> Sequence[str]:
    """What is left of the line: of one with an open quote what it has before the next line."""
    if isinstance(cells, Torn):
        return cells.cells
    return () if isinstance(cells, csv.Error) else cells
