"""Statements of the lake: ``.sql`` files with ``:name`` places.

``:name`` is a value; ``:part`` puts in the file ``part.sql`` beside it. Everything else is plain
SQL, so that an analyst can read it and another engine can run it.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

Place = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)\b")
STAR = re.compile(
    r"(?:\bSELECT\s+|\bDISTINCT\s+|,\s*)\*|\b([a-z_][a-z0-9_]*)\.\*|\bNATURAL\b", re.IGNORECASE
)
WORD = re.compile(r"\b[a-z_][a-z0-9_]*\b", re.IGNORECASE)
SOURCE = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)\b(?!\s*\()", re.IGNORECASE)


def composed(file: Path, *, parts: Mapping[str, str] | None = None) -> tuple[str, list[str]]:
    """The statement with ``$name`` places, and the names of the values it wants.

    ``parts`` are pieces of SQL by the name of their place, never from a user; they go before the
    files beside.
    """
    own, sql, former = dict(parts or {}), _read(file), ""
    while sql != former:  # a piece may ask for further ones
        former, sql = sql, Place.sub(lambda place: _piece(place, file, own), sql)
    return Place.sub(r"$\1", sql), sorted(set(Place.findall(sql)))


def relations_in(sql: str, known: Iterable[str]) -> Collection[str]:
    """Those of the known relations that the statement reads."""
    return {name.lower() for name in SOURCE.findall(sql)} & set(known)


def words_in(sql: str) -> Collection[str] | None:
    """Every word of the statement, so that a column which is none of them need not be read. None
    where a star may stand for any column: not for those of what the statement itself defines."""
    for star in STAR.finditer(sql):
        if not star[1] or not re.search(rf"\b{star[1]}\s+AS\s+\(", sql, re.IGNORECASE):
            return None
    return {word.lower() for word in WORD.findall(sql)}


def _piece(place: re.Match[str], file: Path, own: Mapping[str, str]) -> str:
    """What stands in this place; a value's place stays as it is."""
    if place[1] in own:
        return own[place[1]]
    beside = file.with_name(f"{place[1]}.sql")
    return _read(beside) if beside.exists() else place[0]


@cache
def _read(file: Path) -> str:
    """Without comments: a colon in one is no place."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return "\n".join(line.split("--", 1)[0].rstrip() for line in lines)
