"""CSV of any encoding and separator, line by line, with bounds."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from baton.core.errors import Word, gettext_noop
from baton.core.ui.spreadsheets import as_meant
from baton.operations.exchange.rules.charsets import charset_of, wide_of
from baton.operations.exchange.rules.layout import is_below, layout_of
from baton.operations.exchange.rules.refusals import BadLine, RowError, Unusable
from baton.operations.exchange.rules.rows import rows_of

LINE_END = re.compile(r"\r\n|\r|\n")
QUOTE = '"'
LONGEST_CELL = 32_000  # characters, as spreadsheets allow
LOOK = 65_536  # bytes read to find out what the file is
STRAY = 50  # one zero byte in so many is a slip, told at its cell; more are no text
MOST_BELOW = 20  # rows that are held back until it shows whether they are the last
TELLING = 400  # lines by which an encoding is known
BY_ROW = ".sheet.csv"  # as files of sheets end: their rows are counted, not their lines
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
BINARY = {
    b"PK\x03\x04": gettext_noop("a spreadsheet or ZIP file"),
    b"%PDF": gettext_noop("a PDF"),
    b"\x1f\x8b": gettext_noop("a compressed file"),
    b"\xd0\xcf\x11\xe0": gettext_noop("an old Excel file"),
    b"\x89PNG": gettext_noop("a picture"),
    b"\xff\xd8\xff": gettext_noop("a picture"),
    b"SQLite format 3": gettext_noop("a database"),
}
NO_TABLE = {  # what begins so is text, and no table
    re.compile(rb"<(!doctype|\?xml|[a-z]+[\s>])", re.IGNORECASE): gettext_noop("a web page"),
    re.compile(rb"[\[{]\s*[\[{\"]"): gettext_noop("a JSON file"),
    re.compile(rb"\{\\rtf"): gettext_noop("a text document"),
    re.compile(rb"BEGIN:VCALENDAR", re.IGNORECASE): gettext_noop("a calendar"),
    re.compile(rb"(Return-Path|Received|Delivered-To|Message-ID): "): gettext_noop("a mail"),
}
EMPTY = gettext_noop("%(file)s is empty. Export it again with its header line.")
SHOWN = {"utf-8-sig": "UTF-8", "cp1252": "Latin-1"}  # others by their names


def _mark(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no letter becomes a mark, which the line's check finds: the rest is read."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 -- files are only decoded with it
    return "\udcff" * (error.end - error.start), error.end


codecs.register_error("baton-mark", _mark)
MARKED = re.compile("[\ud800-\udfff]")


class Line(NamedTuple):
    """One row as text by column; ``number`` is the line of the file on which it begins."""

    number: int
    cells: dict[str, str]


class Left(NamedTuple):
    """A row that is none of the table: a sum or a note below it."""

    number: int


@dataclass(frozen=True)
class Sheet:
    """A file whose shape is known; ``name`` is what messages call it."""

    path: Path
    name: str
    encoding: str
    separator: str
    header: tuple[str, ...]
    above: int = 0  # rows with text above the header
    width: int = 0  # cells of the header, empty ones too

    def lines(self) -> Iterator[Line | RowError | Left]:
        """Each row, or what is wrong with it; rows without any text are passed over, and the last
        ones left out where they are sums or notes."""
        last, former = 0, list[str]()
        below: list[tuple[int, list[str] | csv.Error]] = []
        for number, cells in self.rows():
            is_apart = number > last + 1 > 1 and number > last + 1 + self._more_lines(former)
            last, former = number, [] if isinstance(cells, csv.Error) else cells
            is_last = self._may_be_below(cells, is_apart=is_apart)
            if is_last and len(below) < MOST_BELOW:
                below.append((number, cells))
                continue
            yield from (self._read(*one) for one in below)
            below.clear()
            yield self._read(number, cells)
        yield from (Left(number) for number, _cells in below)

    def rows(self) -> Iterator[tuple[int, list[str] | csv.Error]]:
        """The rows below the header as they stand, with the line on which each begins."""
        with open_text(self.path, self.encoding) as file:
            by_row = self.path.name.endswith(BY_ROW)
            rows = rows_of(file, self.separator, width=self.width, by_row=by_row)
            yield from islice(rows, self.above + 1, None)

    def _more_lines(self, cells: list[str]) -> int:
        """How many lines of the file such a row takes besides its first."""
        if self.path.name.endswith(BY_ROW):
            return 0
        return sum(len(LINE_END.findall(cell)) for cell in cells)

    def _may_be_below(self, cells: list[str] | csv.Error, *, is_apart: bool) -> bool:
        if isinstance(cells, csv.Error):
            return False
        return is_below(cells, width=len(self.header), is_apart=is_apart)

    def _read(self, number: int, cells: list[str] | csv.Error) -> Line | RowError:
        if isinstance(cells, csv.Error):
            words = gettext_noop("This line cannot be read (%(why)s). Check its quotes.")
            return self._error(number, "", BadLine(words, why=cells))
        return self._checked(number, cells)

    def _checked(self, number: int, cells: list[str]) -> Line | RowError:
        if len(cells) == 1 < len(self.header):
            cells = self._unwrapped(cells)
        while len(cells) > len(self.header) and not cells[-1].strip():
            cells = cells[:-1]
        if len(self.header) == 1:  # of one column nothing is parted
            cells = [self.separator.join(cells)]
        if len(cells) != len(self.header):
            words = gettext_noop(
                "This line has %(cells)s cells, the header %(header)s. Check quotes and separators."
            )
            wrong = BadLine(words, cells=len(cells), header=len(self.header))
            return self._error(number, "", wrong)
        row = dict(zip(self.header, map(str.strip, cells), strict=True))
        whole = "".join(row.values())
        if "'" in whole:
            row = {column: as_meant(text).strip() for column, text in row.items()}
        is_plain = len(whole) <= LONGEST_CELL and whole.isascii() and "\x00" not in whole
        for column, text in () if is_plain else row.items():
            if found := _wrong(text, self.encoding):
                return self._error(number, column, found)
        return Line(number, row)

    def _unwrapped(self, cells: list[str]) -> list[str]:
        """A row that a program has put into quotes as a whole, for it had some inside; without any
        it is one cell, with separators in it."""
        if QUOTE not in cells[0]:
            return cells
        try:
            inside = list(csv.reader(cells, delimiter=self.separator))
        except csv.Error:  # it has several lines, and those are in no quotes
            return cells
        return inside[0] if len(inside) == 1 and len(inside[0]) == len(self.header) else cells

    def _error(self, number: int, column: str, wrong: BadLine) -> RowError:
        return RowError(file=self.name, line=number, column=column, message=str(wrong))


def open_text(path: Path, encoding: str) -> TextIO:
    """The file as text; bytes that are none are marked."""
    return path.open(encoding=encoding, errors="baton-mark", newline="")


def _wrong(text: str, encoding: str) -> BadLine | None:
    """What is wrong with a cell, whatever it is for."""
    if len(text) > LONGEST_CELL:
        words = gettext_noop("The cell holds %(length)s characters; 32,000 fit. Shorten it.")
        return BadLine(words, length=f"{len(text):,}")
    if "\x00" in text:
        return BadLine(gettext_noop("The cell holds a zero byte. Remove it."))
    if MARKED.search(text):
        words = gettext_noop(
            "The cell holds a byte that is no letter in %(encoding)s. Save the file as UTF-8."
        )
        return BadLine(words, encoding=SHOWN.get(encoding, encoding.upper()))
    return None


def open_sheet(path: Path, name: str = "", *, headers: Sequence[frozenset[str]] = ()) -> Sheet:
    """Find out encoding, separator and header. Raises Unusable.

    ``headers``: sets of columns to look for below a title or comments; else the first row is it.
    """
    head = _head(path)
    if kind := _other_than_table(head):
        words = gettext_noop("%(file)s is %(kind)s. Save it as CSV and import that.")
        raise Unusable(words, file=path.name, kind=Word(kind))
    encoding = _encoding(path, head)
    layout = layout_of(path, encoding, headers)
    if layout is None:
        raise Unusable(EMPTY, file=path.name)
    separator, above, first = layout
    if isinstance(first, csv.Error):
        words = gettext_noop("The header of %(file)s cannot be read (%(why)s). Check its quotes.")
        raise Unusable(words, file=path.name, why=first)
    header = _named([as_meant(name.strip().lstrip("\ufeff")) for name in first], path)
    if MARKED.search("".join(header)):
        words = gettext_noop("The header of %(file)s is no text. Save the file as UTF-8.")
        raise Unusable(words, file=path.name)
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        words = gettext_noop("%(file)s has two columns called “%(column)s”. Rename one of them.")
        raise Unusable(words, file=path.name, column=twice)
    return Sheet(path, name or path.name, encoding, separator, tuple(header), above, len(first))


def _other_than_table(head: bytes) -> str:
    """What the file is instead, or ""."""
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    binary = (kind for magic, kind in BINARY.items() if head.startswith(magic))
    text = (kind for magic, kind in NO_TABLE.items() if magic.match(begins))
    return next(binary, "") or next(text, "")


def _named(header: list[str], path: Path) -> list[str]:
    """A column without a name is called by its place; at the end of a line it is none, but in
    sheets, of which only columns are taken that hold something."""
    while header and not header[-1] and not path.name.endswith(BY_ROW):
        header.pop()
    return [name or f"Column {place}" for place, name in enumerate(header, 1)]


def names_of(paths: Sequence[Path]) -> list[str]:
    """What messages call the files: the name; of namesakes the folder, too. Raises Unusable."""
    if len({path.resolve() for path in paths}) < len(paths):
        raise Unusable(gettext_noop("A file is named twice. Name each once."))
    found = [path.name for path in paths]
    longer = [f"{path.resolve().parent.name}/{path.name}" for path in paths]
    found = _told_apart(found, longer)
    return _told_apart(found, [str(path.resolve()) for path in paths])


def _told_apart(names: Sequence[str], longer: Sequence[str]) -> list[str]:
    """The longer name where several share the short one."""
    return [
        more if names.count(name) > 1 else name for name, more in zip(names, longer, strict=True)
    ]


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(LOOK)
    except OSError as error:
        folder = gettext_noop("%(path)s is a folder. Name a CSV file.")
        closed = gettext_noop("%(path)s cannot be read. Name a CSV file.")
        raise Unusable(folder if path.is_dir() else closed, path=path) from error
    if not head.strip():
        raise Unusable(EMPTY, file=path.name)
    return head


def encoding_of(path: Path) -> str:
    """What the text of a file is written in. Raises Unusable."""
    return _encoding(path, _head(path))


def _encoding(path: Path, head: bytes) -> str:
    """By its mark; else UTF-8 where the whole file is; else by its letters."""
    for mark, encoding in BOMS.items():
        if head.startswith(mark):
            return encoding
    if head.count(0) * STRAY > len(head):
        if wide := wide_of(head):
            return wide
        words = gettext_noop("%(file)s is no text file. Save it as CSV and import that.")
        raise Unusable(words, file=path.name)
    try:
        with path.open(encoding="utf-8", errors="strict") as file:
            while file.read(LOOK * 16):
                pass
    except UnicodeDecodeError:
        return charset_of(_telling(path))
    return "utf-8"


def _telling(path: Path) -> list[bytes]:
    """The first lines with letters beyond ASCII: they tell what the file is written in."""
    with path.open("rb") as file:
        lines = iter(lambda: file.readline(LOOK), b"")
        return list(islice((line for line in lines if not line.isascii()), TELLING))
