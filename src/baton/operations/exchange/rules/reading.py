"""CSV of any encoding and separator, line by line, with bounds."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baton.operations.exchange.rules.refusals import RowError, Unusable

LONGEST_CELL = 32_000  # characters, as spreadsheets allow
LOOK = 65_536  # bytes read to find out what the file is
SEPARATORS = ",;\t|"
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BINARY = {
    b"PK\x03\x04": "a spreadsheet or ZIP file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}
csv.field_size_limit(4_000_000)  # longer cells break the row, not the reader


@dataclass(frozen=True)
class Line:
    """One row as text by column; ``number`` is the line of the file on which it begins."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file whose shape is known."""

    path: Path
    encoding: str
    separator: str
    header: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path.name

    def lines(self) -> Iterator[Line | RowError]:
        """Each row, or what is wrong with it; rows without any text are passed over."""
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.separator)
            next(reader, None)
            before = reader.line_num
            while True:
                try:
                    cells = next(reader, None)
                except csv.Error as error:
                    yield self._error(before + 1, "", f"This line cannot be read ({error}).")
                    before = reader.line_num
                    continue
                if cells is None:
                    return
                number, before = before + 1, reader.line_num
                if any(cell.strip() for cell in cells):
                    yield self._checked(number, cells)

    def _checked(self, number: int, cells: list[str]) -> Line | RowError:
        if len(cells) != len(self.header):
            words = f"has {len(cells)} cells, the header {len(self.header)}"
            return self._error(number, "", f"This line {words}. Check quotes and separators.")
        row = dict(zip(self.header, (cell.strip() for cell in cells), strict=True))
        for column, text in row.items():
            if len(text) > LONGEST_CELL:
                return self._error(
                    number,
                    column,
                    f"The cell holds {len(text):,} characters; 32,000 fit. Shorten it.",
                )
            if "\x00" in text:
                return self._error(number, column, "The cell holds a zero byte. Remove it.")
        return Line(number, row)

    def _error(self, number: int, column: str, message: str) -> RowError:
        return RowError(file=self.name, line=number, column=column, message=message)


def open_sheet(path: Path) -> Sheet:
    """Find out encoding, separator and header. Raises Unusable."""
    head = _head(path)
    for magic, kind in BINARY.items():
        if head.startswith(magic):
            raise Unusable(f"{path.name} is {kind}. Save it as CSV and import that.")
    encoding = _encoding(path, head)
    first = (
        head.decode(encoding, errors="replace").lstrip("\ufeff").strip("\r\n").partition("\n")[0]
    )
    if not first.strip():
        raise Unusable(f"{path.name} is empty. Export it again with its header line.")
    separator = max(SEPARATORS, key=first.count)
    header = tuple(
        name.strip() for name in next(csv.reader([first.strip("\r")], delimiter=separator))
    )
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise Unusable(f"{path.name} has two columns called “{twice}”. Rename one of them.")
    return Sheet(path, encoding, separator, header)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(LOOK)
    except OSError as error:
        reason = "is a folder" if path.is_dir() else "cannot be read"
        raise Unusable(f"{path} {reason}. Name a CSV file.") from error
    if not head.strip():
        raise Unusable(f"{path.name} is empty. Export it again with its header line.")
    return head


def _encoding(path: Path, head: bytes) -> str:
    """By its mark; else UTF-8 where the whole file is; else Windows' Latin-1."""
    for mark, encoding in BOMS.items():
        if head.startswith(mark):
            return encoding
    if b"\x00" in head:
        raise Unusable(f"{path.name} is no text file. Save it as CSV and import that.")
    try:
        with path.open(encoding="utf-8", errors="strict") as file:
            while file.read(LOOK * 16):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
