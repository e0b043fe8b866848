"""Tags: words that people put on a record, one for all ways of writing it."""

import re
import unicodedata
from collections.abc import Iterable

from baton.records.people.rules.names import tidy

PREFIX = "tag:"  # in the history, before the name of one tag


def normalised_tag(name: str) -> str:
    """By it two are compared: "VIP " and "vip" are one tag."""
    return tidy(unicodedata.normalize("NFKC", name)).casefold()


def split_tags(text: str) -> list[str]:
    """ "VIP, Trade fair; energy" are three; lines part them, too."""
    return each_once(re.split(r"[,;\n\r]", text))


def each_once(names: Iterable[str]) -> list[str]:
    """Tidy, without empty ones, each once as it was written first."""
    found: dict[str, str] = {}
    for name in names:
        if key := normalised_tag(name):
            found.setdefault(key, tidy(name))
    return list(found.values())
