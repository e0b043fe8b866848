"""Where the table of a file begins, and what parts its cells: exports put titles above it."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from baton.operations.exchange.rules.column_names import is_name
from baton.operations.exchange.rules.guessing import is_value
from baton.operations.exchange.rules.rows import rows_of

SEPARATORS = ",;\t|"
TOP = 30  # rows among which the header is looked for
LONGEST_LINE = 4_000_000  # characters of the first line
WIDE = 4  # from so many columns on the shape alone tells a title from the header
DECLARED = re.compile(r"\ufeff?sep=([,;\t|])\s*", re.IGNORECASE)  # as Excel writes and reads it
TOTAL = re.compile(
    r"((grand|sub)[ -]?)?total(s|e|en)?( g[ée]n[ée]rale?)?|(gesamt|zwischen)?summe|gesamt|insgesamt"
    r"|sum|suma|somme|totaal|razem|soma|[\d.,]+ (records?|rows?|entries|datens[äa]tze)",
    re.IGNORECASE,
)
NOTE_WORDS = 3  # a note below the table has so many words, or a colon
Cells = list[str] | csv.Error


class Layout(NamedTuple):
    """``above``: how many rows with text stand above the header, whose cells these are."""

    separator: str
    above: int
    header: Cells


def layout_of(path: Path, encoding: str, headers: Sequence[frozenset[str]]) -> Layout | None:
    """``headers``: sets of columns, one of which the header has wherever it stands. None: empty."""
    said, usual = _first_line(path, encoding)
    tops = {one: _top(path, encoding, one) for one in ([said] if said else SEPARATORS)}
    if not any(tops.values()):
        return None
    best = said or _separator(tops, usual)
    start = 1 if said else 0
    wanted = [{name.casefold() for name in known} for known in headers]
    for separator in sorted(tops, key=lambda one: one != best):
        for above, cells in enumerate(tops[separator]):
            if above >= start and _is_known(cells, wanted, tops[separator][start:above]):
                return Layout(separator, above, cells)
    above = start + _titles(tops[best][start:])
    top = tops[best]
    return Layout(best, above, top[above] if above < len(top) else csv.Error("no header"))


def _first_line(path: Path, encoding: str) -> tuple[str, str]:
    """The separator that the file says itself, else "", and the one that the first line has."""
    with path.open(encoding=encoding, errors="baton-mark", newline="") as file:
        while line := file.readline(LONGEST_LINE):
            if match := DECLARED.fullmatch(line):
                return match[1], match[1]
            if line.strip().strip("\ufeff"):
                return "", max(SEPARATORS, key=line.count)
    return "", SEPARATORS[0]


def _top(path: Path, encoding: str, separator: str) -> list[Cells]:
    with path.open(encoding=encoding, errors="baton-mark", newline="") as file:
        return [cells for _number, cells in islice(rows_of(file, separator), TOP)]


def _separator(tops: dict[str, list[Cells]], usual: str) -> str:
    """The one that the first line has most, unless rows are parted by another one."""
    agreeing = {one: _agreeing(rows) for one, rows in tops.items()}
    if agreeing[usual] * 2 >= len(tops[usual]):
        return usual
    return max(tops, key=lambda one: (agreeing[one], one == usual))


def _agreeing(rows: Sequence[Cells]) -> int:
    """How many rows have the same number of cells, more than one."""
    width = _width(rows)
    return sum(_reach(one) == width for one in rows) if width > 1 else 0


def _width(rows: Sequence[Cells]) -> int:
    """How many cells most rows have; of as many the larger number."""
    counts = Counter(map(_reach, rows))
    return max(counts, key=lambda one: (counts[one], one), default=0)


def _reach(cells: Cells) -> int:
    """Up to the last one with text."""
    if isinstance(cells, csv.Error):
        return 0
    return max((at for at, text in enumerate(cells, 1) if text.strip()), default=0)


def _said(cells: Cells) -> list[str]:
    """The texts of a row."""
    if isinstance(cells, csv.Error):
        return []
    return [*_filled(cells)]


def _filled(cells: Sequence[str]) -> Iterator[str]:
    return (text for cell in cells if (text := cell.strip().lstrip("\ufeff").strip()))


def _is_known(cells: Cells, wanted: Sequence[set[str]], above: Sequence[Cells]) -> bool:
    """Whether this row is the header of one of them: what stands above a header is narrower, and
    below it a cell may well be called as a column is."""
    found = {text.casefold() for text in _said(cells)}
    if not any(known <= found for known in wanted):
        return False
    return all(len(_said(one)) < len(_said(cells)) for one in above)


def _titles(rows: Sequence[Cells]) -> int:
    """How many rows of titles and notes stand above what looks like a header; 0: none, or nothing
    looks like one."""
    width = _width(rows)
    for above, cells in enumerate(rows):
        texts = _said(cells)
        if above and _is_header(texts, width):
            return above
        is_said = bool(texts) and texts[0].endswith(":")  # “Exported by: Mara Winter”
        if not (is_said or len(texts) == 1 < width or len(texts) * 2 < width):
            return 0
    return 0


def _is_header(texts: Sequence[str], width: int) -> bool:
    if len({text.casefold() for text in texts}) < len(texts) or any(map(is_value, texts)):
        return False
    named = sum(map(is_name, texts))
    return named > 1 or (width >= WIDE and len(texts) * 2 >= width)


def is_below(cells: Sequence[str], *, width: int, is_apart: bool) -> bool:
    """Whether a last row is a sum or a note below the table, no record. ``is_apart``: empty lines
    stand above it."""
    filled = _filled(cells)
    first = next(filled, "").rstrip(": ")
    is_record = not TOTAL.fullmatch(first) and next(filled, "")
    if width < 2 or is_record:  # as nearly all rows are
        return False
    texts = _said([*cells])
    if not texts:
        return False
    others = texts[1:]
    if TOTAL.fullmatch(first) and (others or len(cells) == 1):
        return all(TOTAL.fullmatch(one) or is_value(one, sums=True) for one in others)
    if others or width < 3 or not cells[0].strip():
        return False
    is_note = len(first.split()) >= NOTE_WORDS or ":" in texts[0] or bool(TOTAL.fullmatch(first))
    return is_note and (len(cells) == 1 or is_apart)
