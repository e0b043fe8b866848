"""Lists of accounts as people paste or upload them: out of a mail, a spreadsheet or a CSV file."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from baton.core.errors import RuleViolation, gettext_noop
from baton.records.people.rules import read_domain

MARKS = ("\t", ";", ",")  # between an account and whose it is, the first that a line has
# What ends a line or a cell, and so may stand in none.
LINE_MARKS = str.maketrans(dict.fromkeys("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
# How the columns of a file may be called; of several the first that a line fills.
DOMAIN = {"domain", "website", "web site", "company domain", "url"}
NAME = {"company", "account", "company name", "account name", "name"}
OWNER = {"owner", "rep", "team", "pool", "belongs to", "owner email", "account owner", "sales rep"}


class BadFile(RuleViolation):
    """Nothing in it can be read as a list of accounts."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """``what``: a domain in lower case, or the name of a company."""

    number: int
    what: str
    owner: str = ""
    is_domain: bool = False


def read_lines(text: str) -> list[Line]:
    """Empty lines aside; of an account that stands there twice the last line counts."""
    found: dict[str, Line] = {}
    for number, row in enumerate(text.splitlines(), start=1):
        mark = next((mark for mark in MARKS if mark in row), "")
        what, _mark, owner = row.partition(mark) if mark else (row, "", "")
        what, owner = _plain(what), _plain(owner)
        if not what and not owner:
            continue
        domain = read_domain(what)
        line = Line(number=number, what=domain or what, owner=owner, is_domain=bool(domain))
        found[line.what.casefold() or str(number)] = line
    return list(found.values())


def lines_of_file(text: str) -> str:
    """A CSV file as somebody would paste it: each account on the line on which it stood, so that
    what is said of a line is said of the file's. Without a header of known words the first column
    is the account and the second whose it is. Raises BadFile."""
    rows = _rows(text)
    if not rows:
        raise BadFile(gettext_noop("The file is empty."))
    head = [" ".join(cell.casefold().replace("_", " ").split()) for cell in rows[0][1]]
    whats = [*_places(head, DOMAIN), *_places(head, NAME)]
    owners = _places(head, OWNER)
    body = rows[1:] if whats else rows
    found = [""] * body[-1][0] if body else []
    for number, cells in body:
        what = _first(cells, whats or [0])
        owner = _first(cells, owners if whats else [1])
        found[number - 1] = f"{what}\t{owner}" if what or owner else ""
    return "\n".join(found)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Those that hold something, each with the line on which it begins."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(MARKS, key=first.count)
    reader, begins, rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1, []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(gettext_noop("This is no CSV file: %(why)s."), why=str(error)) from error
    return rows


def _places(head: Sequence[str], words: Collection[str]) -> list[int]:
    return [place for place, word in enumerate(head) if word in words]


def _first(cells: Sequence[str], places: Sequence[int]) -> str:
    there = (cells[place].translate(LINE_MARKS).strip() for place in places if place < len(cells))
    return next((cell for cell in there if cell), "")


def _plain(text: str) -> str:
    return text.strip().strip('"').strip()
