"""The lines that failed, in a file to mend and feed again."""

import csv
from pathlib import Path

from baton.operations.exchange.rules.reading import open_sheet
from baton.operations.exchange.rules.tally import Tally

WHY = "What is wrong"


def write_leftovers(*, path: Path, tally: Tally, folder: Path) -> Path | None:
    """``<name>-to-mend.csv`` beside the data: the header, the bad lines as they were, and why.

    None when no line of this file failed. Fed again, the extra column is ignored.
    """
    sheet = open_sheet(path)
    reasons = {error.line: error.message for error in tally.errors if error.file == sheet.name}
    if not reasons:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}-to-mend.csv"
    with (
        path.open(encoding=sheet.encoding, newline="") as source,
        target.open("w", encoding="utf-8", newline="") as into,
    ):
        writer = csv.writer(into)
        header = [name for name in sheet.header if name != WHY]
        writer.writerow([*header, WHY])
        reader = csv.reader(source, delimiter=sheet.separator)
        next(reader)
        before = reader.line_num
        for cells in reader:
            number, before = before + 1, reader.line_num
            if number in reasons:
                writer.writerow([*cells[: len(header)], reasons[number]])
    return target
