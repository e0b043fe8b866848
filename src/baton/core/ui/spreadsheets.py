"""What a spreadsheet must not be told."""

import unicodedata
from typing import TypeVar

# It takes a cell that begins so for a formula, and a formula may send data away.
RISKY = frozenset("=+-@\t\r\n")
BLANK = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})  # nothing to see: it may be trimmed away
T = TypeVar("T")


def harmless(value: T) -> T | str:
    """A text as a cell: one that looks like a formula gets a ' in front and stays a text.

    Looks so also what stands behind blanks and signs without width, and what is written in full
    width. Numbers stay numbers.
    """
    if not isinstance(value, str):
        return value
    return f"'{value}" if value[:1] in RISKY or _first_sign(value) in RISKY else value


def _first_sign(text: str) -> str:
    seen = (sign for sign in text if unicodedata.category(sign) not in BLANK)
    return unicodedata.normalize("NFKC", next(seen, ""))
