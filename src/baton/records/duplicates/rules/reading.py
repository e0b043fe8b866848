"""A table out of a file's bytes, or a sentence that says why there is none."""

import csv
import io
from dataclasses import dataclass

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.ui.spreadsheets import text_of

DELIMITERS = ",;\t|"


class Unusable(RuleViolation):
    """No table of people that could be read."""


@dataclass(frozen=True)
class Sheet:
    """Headers without blanks around them; each row has as many values."""

    headers: list[str]
    rows: list[list[str]]


def read_sheet(content: bytes) -> Sheet:
    """Raises Unusable."""
    text = _decode(content)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise Unusable(gettext_noop("The file is empty."))
    sign = max(DELIMITERS, key=lines[0].count)
    if sign not in lines[0]:
        raise Unusable(gettext_noop("This is no CSV file: its first line names a single column."))
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=False))
    except csv.Error as error:
        raise Unusable(gettext_noop("This is no CSV file: %(why)s."), why=str(error)) from error
    filled = [row for row in table if any(value.strip() for value in row)]
    headers = [header.strip() for header in filled[0]]
    width = len(headers)
    rows = [[*row[:width], *[""] * (width - len(row))] for row in filled[1:]]
    if not rows:
        raise Unusable(gettext_noop("The file has a header and no rows."))
    return Sheet(headers=headers, rows=rows)


def _decode(content: bytes) -> str:
    text = text_of(content)
    if text is None:
        raise Unusable(gettext_noop("This is no CSV file: it does not hold text."))
    return text
