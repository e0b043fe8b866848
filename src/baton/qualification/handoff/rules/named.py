"""Lists of accounts as people paste them: out of a mail, a spreadsheet or a CSV file."""

from dataclasses import dataclass

from baton.records.people.rules import read_domain

MARKS = ("\t", ";", ",")  # between an account and whose it is, the first that a line has


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
        if not what:
            continue
        domain = read_domain(what)
        line = Line(number=number, what=domain or what, owner=owner, is_domain=bool(domain))
        found[line.what.casefold()] = line
    return list(found.values())


def _plain(text: str) -> str:
    return text.strip().strip('"').strip()
