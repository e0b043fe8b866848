"""When a few typed letters mean a name: each word of them stands in it, or begins a word of it."""

import unicodedata
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

MOST_LETTERS = 80
MOST_WORDS = 6
BREAKS = (" ", "-")  # what stands before a word within a name
LAST = chr(0x10FFFF)  # stands behind every letter


@CharField.register_lookup
class Holds(Lookup[Any]):
    """As ``contains``, letter by letter: SQLite's LIKE takes several times as long, for it folds
    cases, and what is searched here is folded already."""

    lookup_name = "holds"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        finds = "INSTR" if connection.vendor == "sqlite" else "STRPOS"
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = self.process_rhs(compiler, connection)
        return f"{finds}({left}, {right}) > 0", [*left_values, *right_values]


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
        until = [*left_values, *(f"{value}{LAST}" for value in right_values)]
        return f"({left} >= {right} AND {left} < {right})", [*values, *until]


def typed_words(text: str) -> list[str]:
    """Casefolded, as sort keys are; of a text that is no name only the beginning."""
    written = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    return written.casefold().split()[:MOST_WORDS]


def begins_word(field: str, word: str) -> Q:
    """For a stored sort key; a database answers from the index that holds it."""
    within = (Q(**{f"{field}__holds": f"{mark}{word}"}) for mark in BREAKS)
    # Most names do not hold the word at all: they are asked once.
    return Q(**{f"{field}__holds": word}) & reduce(or_, within, Q(**{f"{field}__begins": word}))


def begin_words(field: str, text: str) -> Q:
    """Each word of the text begins one of the field's, in any order."""
    return reduce(and_, (begins_word(field, word) for word in typed_words(text)), Q())


def is_called(name: str, text: str) -> bool:
    """The same of a label that stands in the program."""
    parts = name.casefold().replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in typed_words(text))
