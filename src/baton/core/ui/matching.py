"""When a few typed letters mean a name: each word of them stands in it, or begins a word of it."""

import unicodedata
from functools import reduce
from operator import and_, or_

from django.db.models import Q

MOST_LETTERS = 80
MOST_WORDS = 6
BREAKS = (" ", "-")  # what stands before a word within a name


def typed_words(text: str) -> list[str]:
    """Casefolded, as sort keys are; of a text that is no name only the beginning."""
    written = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    return written.casefold().split()[:MOST_WORDS]


def begins_word(field: str, word: str) -> Q:
    """For a stored sort key; a database answers from the index that holds it."""
    within = (Q(**{f"{field}__contains": f"{mark}{word}"}) for mark in BREAKS)
    return reduce(or_, within, Q(**{f"{field}__startswith": word}))


def begin_words(field: str, text: str) -> Q:
    """Each word of the text begins one of the field's, in any order."""
    return reduce(and_, (begins_word(field, word) for word in typed_words(text)), Q())


def hold_words(field: str, text: str) -> Q:
    """Each word of the text stands somewhere in the field's, in any order: for a stored sort key,
    in which the family name comes first."""
    return reduce(and_, (Q(**{f"{field}__contains": word}) for word in typed_words(text)), Q())


def is_called(name: str, text: str) -> bool:
    """The same of a label that stands in the program."""
    parts = name.casefold().replace("-", " ").split()
    return all(any(part.startswith(word) for part in parts) for word in typed_words(text))
