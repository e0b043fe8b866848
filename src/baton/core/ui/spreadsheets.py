"""What a spreadsheet must not be told, and how the text that it wrote is read."""

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


def as_meant(cell: str) -> str:
    """The text of a cell, without the ' that ``harmless`` or another system put in front."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell


def text_of(content: bytes) -> str | None:
    """Of a file as spreadsheets save CSV: UTF-8, UTF-16 by its mark, else Latin-1; None where it
    holds none."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content[:4096] and not is_wide:
        return None
    if is_wide:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _first_sign(text: str) -> str:
    seen = (sign for sign in text if unicodedata.category(sign) not in BLANK)
    return unicodedata.normalize("NFKC", next(seen, ""))
