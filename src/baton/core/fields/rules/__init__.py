"""Kinds of field, their options and their values. No database, no clock."""

from baton.core.fields.rules.kinds import (
    CHOSEN,
    INDEXABLE,
    LONGEST_CODE,
    LONGEST_OPTION,
    MOST_INDEXES,
    MOST_OPTIONS,
    OWN,
    Kind,
    Option,
    code_of,
    has_value,
    new_option,
    propose_code,
    read_options,
)
from baton.core.fields.rules.reading import LONGEST_PROSE, LONGEST_TEXT, Unreadable, read_value

__all__ = [
    "CHOSEN",
    "INDEXABLE",
    "LONGEST_CODE",
    "LONGEST_OPTION",
    "LONGEST_PROSE",
    "LONGEST_TEXT",
    "MOST_INDEXES",
    "MOST_OPTIONS",
    "OWN",
    "Kind",
    "Option",
    "Unreadable",
    "code_of",
    "has_value",
    "new_option",
    "propose_code",
    "read_options",
    "read_value",
]
