"""Runs by itself, with limits of its own: each sheet of a spreadsheet becomes a CSV file.

Its arguments: the spreadsheet, the folder, and the limits as JSON. It answers on its output with
JSON: the files, or why there are none. What a file does to it, it does to nobody else.
"""

import csv
import errno
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import python_calamine as calamine

PIECE = 65_536
WITHOUT_ROOM = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EFBIG: "large"}
SMALL = 1_000_000  # below, the ratio is no sign of anything


class Refused(Exception):
    """One word says why."""


def main() -> None:
    source, folder, limits = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, limits["bytes"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    answer: dict[str, Any]
    try:
        check_inflated(source, limits)
        answer = {"files": list(write_sheets(source, folder, limits))}
    except Refused as no:
        answer = {"refused": str(no)}
    except MemoryError:
        answer = {"refused": "large"}
    except OSError as error:
        if error.errno not in WITHOUT_ROOM:
            raise
        answer = {"refused": WITHOUT_ROOM[error.errno]}
    sys.stdout.write(json.dumps(answer))


def check_inflated(source: Path, limits: dict[str, int]) -> None:
    """By what comes out of it, not by what it says of itself."""
    if not zipfile.is_zipfile(source):
        return
    count, most = 0, max(source.stat().st_size * limits["ratio"], SMALL)
    with zipfile.ZipFile(source) as archive:
        for member in archive.infolist():
            with archive.open(member) as packed:
                while piece := packed.read(PIECE):
                    count += len(piece)
                    if count > most:
                        raise Refused("tight")
                    if count > limits["bytes"]:
                        raise Refused("large")


def write_sheets(source: Path, folder: Path, limits: dict[str, int]) -> Iterator[str]:
    """The names of the files; hidden and empty sheets are none."""
    try:
        book = calamine.CalamineWorkbook.from_path(str(source))
    except calamine.PasswordError as error:
        raise Refused("locked") from error
    except calamine.CalamineError as error:
        raise Refused("broken") from error
    shown = shown_in(book)
    if len(shown) > limits["sheets"]:
        raise Refused("many")
    left = limits["cells"]
    for number, one in enumerate(shown, 1):
        try:
            sheet = book.get_sheet_by_name(one.name)
        except calamine.CalamineError as error:
            raise Refused("broken") from error
        used, count = look(sheet)
        left -= len(used) * count
        if left < 0:
            raise Refused("large")
        if used:
            bare = re.sub(r"[^\w .()-]", "_", one.name)[:60].strip(" .") or str(number)
            name = f"{number}-{bare}" if len(shown) > 1 else bare
            write(sheet, used, folder / name)
            yield name


def shown_in(book: calamine.CalamineWorkbook) -> list[calamine.SheetMetadata]:
    """Its sheets of cells that are not hidden."""
    return [
        one
        for one in book.sheets_metadata
        if one.visible == calamine.SheetVisibleEnum.Visible
        and one.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def look(sheet: Any) -> tuple[list[int], int]:
    """Which columns hold anything, and how many rows there are."""
    used: set[int] = set()
    count = 0
    for row in sheet.iter_rows():
        filled = [at for at, value in enumerate(row) if value != ""]
        used.update(filled)
        count += bool(filled)
    return sorted(used), count


def write(sheet: Any, used: list[int], target: Path) -> None:
    """Empty rows between others stay, so that rows keep their numbers; a cell that reaches down
    over several rows says the same in each."""
    blank = (sheet.start or (0, 0))[0] if sheet.total_height != sheet.height else 0
    left = (sheet.start or (0, 0))[1] if sheet.total_width != sheet.width else 0
    ends = {
        (above, at - left): below
        for (above, at), (below, _right) in sheet.merged_cell_ranges or ()
        if below > above
    }
    held: dict[int, tuple[int, str]] = {}  # column -> the last row of such a cell, and its text
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(sheet.iter_rows(), blank):
            cells = [said(row[at]) for at in used]
            if any(cells) and ends:
                cells = [*reaching(cells, used, number, ends, held)]
            if not any(cells):
                blank += 1
                continue
            file.write("\n" * blank)
            blank = 0
            writer.writerow(cells)


def reaching(
    cells: list[str],
    used: list[int],
    number: int,
    ends: dict[tuple[int, int], int],
    held: dict[int, tuple[int, str]],
) -> Iterator[str]:
    """The cells of a row, with what reaches down from those above."""
    for at, text in zip(used, cells, strict=True):
        if (below := ends.get((number, at))) is not None:
            held[at] = (below, text)
        until, kept = held.get(at, (-1, ""))
        yield text or (kept if number <= until else "")


def said(value: Any) -> str:
    """A cell as a CSV file has it: days and moments as ISO 8601, whole numbers without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return str(value).replace("\r\n", "\n")


if __name__ == "__main__":
    main()
