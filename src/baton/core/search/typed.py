"""A text that was typed, for questions whose SQL is kept: ``found(people, Typed.of(text))``."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from baton.core.limits import hidden
from baton.core.prepared import Kind, kinds
from baton.core.search.indexes import indexes
from baton.core.search.words import typed_words

LONGEST = 100  # characters


@dataclass(frozen=True)
class Typed:
    """``asked`` is what the index is asked by this database; "" finds nothing."""

    asked: str

    @classmethod
    def of(cls, text: str) -> "Typed":
        """Letters and digits alone, and within quotes: no word is one of the query language."""
        words = typed_words(text)
        if connection.vendor == "sqlite":
            return cls(" AND ".join(f'"{word}"*' for word in words))
        return cls(" & ".join(f"'{word}':*" for word in words))


def asked_for(asked: Mapping[str, str]) -> str:
    """What somebody typed into a page's field of search (``q`` of its address), on one line and
    without what PostgreSQL keeps in no text."""
    return " ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST]


def _apart(text: Typed) -> tuple[Hashable, list[Any]]:
    """By which parts of a record somebody finds it hangs on who reads; see ``Index``."""
    places = (tuple(index.places_without(hidden(index.object_type))) for index in indexes)
    return (bool(text.asked), *places), [text.asked] if text.asked else []


def _together(_looks: Any, marks: Sequence[Any]) -> Typed:
    return Typed(*marks) if marks else Typed("")


kinds[Typed] = Kind(apart=_apart, together=_together)
