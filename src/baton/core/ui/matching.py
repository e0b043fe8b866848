"""When a few typed letters mean a name: each word of them stands in it, or begins a word of it."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

MOST_LETTERS = 80
MOST_WORDS = 6
BREAKS = (" ", "-")  # what stands before a word within a name
FINDS = {"sqlite": "INSTR", "postgresql": "STRPOS"}
LONG = 5  # letters of a word in which a slip is forgiven
SURE = 3  # letters at its beginning that are right
ALIKE = 0.75
LAST = chr(0x10FFFF)  # stands behind every letter


@CharField.register_lookup
class Begins(Lookup[Any]):
    """As ``startswith``, but an index answers it on SQLite: there LIKE with an escape reads all."""

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        values = [*left_values, *right_values]
        if connection.vendor != "sqlite":
            return f"STARTS_WITH({left}, {right})", values
        return f"({left} >= {right} AND {left} < {right} || '{LAST}')", values * 2


@CharField.register_lookup
class BeginsWord(Begins):
    """The text begins a word of a sort key, letter by letter: SQLite's LIKE takes several times as
    long, for it folds cases, and what is searched here is folded already."""

    lookup_name = "begins_word"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        begins, begins_values = super().as_sql(compiler, connection)
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        finds, values = FINDS[connection.vendor], [*left_values, *right_values]
        # Most names do not hold the word at all: they are asked once.
        within = " OR ".join(f"{finds}({left}, '{mark}' || {right}) > 0" for mark in BREAKS)
        sql = f"({finds}({left}, {right}) > 0 AND ({begins} OR {within}))"
        return sql, [*values, *begins_values, *values * len(BREAKS)]


def typed_words(text: str) -> list[str]:
    """Casefolded, as sort keys are; of a text that is no name only the beginning."""
    written = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    return written.casefold().split()[:MOST_WORDS]


def begin_words(field: str, words: Iterable[str]) -> Q:
    """Each word begins one of the field's, in any order."""
    return Q(*((f"{field}__begins_word", word) for word in words))


def is_called(name: str, text: str) -> bool:
    """The same of a label that stands in the program."""
    parts = name.casefold().replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in typed_words(text))


def looser(text: str) -> list[str]:
    """What to ask where a text finds nothing, since somebody slipped behind the third letter: long
    words lose their end, first two letters, then half of it. Nothing where no word is long."""
    words = typed_words(text)
    tries = (
        " ".join(_cut(word, len(word) - 2) for word in words),
        " ".join(_cut(word, len(word) // 2) for word in words),
    )
    return [one for one in dict.fromkeys(tries) if one != " ".join(words)]


def _cut(word: str, letters: int) -> str:
    return word if len(word) < LONG else word[: max(SURE, letters)]


def is_close(name: str, text: str) -> bool:
    """Each typed word is nearly one of the name's, as far as it is typed."""
    parts = _bare(name).replace("-", " ").split()
    return all(
        any(SequenceMatcher(None, word, part[: len(word) + 1]).ratio() >= ALIKE for part in parts)
        for word in map(_bare, typed_words(text))
    )


def _bare(name: str) -> str:
    """Without accents."""
    apart = unicodedata.normalize("NFD", name.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))
