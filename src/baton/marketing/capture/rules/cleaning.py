"""Texts from strangers: what is left when everything that is not writing is taken out."""

import unicodedata

_SPACES = "\t\n\r"
_NO_WRITING = frozenset({"Cc", "Cs", "Co"})  # control signs, halves of signs, private ones
_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clean_line(text: str) -> str:
    """One line: control signs, halves of signs and turned writing gone, spaces folded."""
    return " ".join(_written(text).split())


def clean_text(text: str) -> str:
    """Several lines, each cleaned; more than one empty line in a row becomes one."""
    lines = [clean_line(line) for line in _written(text).splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def is_readable(text: str) -> bool:
    """Whether all signs are writing or spaces; turned writing counts as such."""
    return all(sign in _SPACES or unicodedata.category(sign) not in _NO_WRITING for sign in text)


def _written(text: str) -> str:
    return "".join(sign for sign in text if sign in _SPACES or _is_writing(sign))


def _is_writing(sign: str) -> bool:
    return unicodedata.category(sign) not in _NO_WRITING and sign not in _TURNS
