"""Our words and what they mean, read from words.toml: screens and docs/words.md say the same."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext

SOURCE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, kw_only=True)
class Word:
    """``label`` as a screen writes it, ``definition`` in one sentence; both in English."""

    key: str
    label: str
    definition: str
    section: str


@cache
def words() -> Mapping[str, Word]:
    """All words by key, in their order."""
    return {word.key: word for word in _read(tomllib.loads(SOURCE.read_text(encoding="utf-8")))}


def _read(sections: dict[str, list[dict[str, dict[str, list[str]]]]]) -> Iterator[Word]:
    for section in sections["section"]:
        for key, (label, definition) in section["words"].items():
            yield Word(key=key, label=label, definition=definition, section=str(section["name"]))


def label_of(word: str) -> str:
    """How screens write it, in the reader's language; a word that is not ours as it stands."""
    found = _find(word)
    return gettext(found.label) if found else word


def definition_of(word: str) -> str:
    """What it means, in the reader's language; "" for a word that is not ours."""
    found = _find(word)
    return gettext(found.definition) if found else ""


def as_markdown() -> str:
    """The text of docs/words.md."""
    origin = "Made from `core/words.toml` by `scripts/words`."
    lines = ["# Words", "", f"One word per thing, on screens, in code and here. {origin}"]
    section = ""
    for word in words().values():
        if word.section != section:
            section = word.section
            lines += ["", f"## {section}", "", "| word | meaning |", "|---|---|"]
        lines.append(f"| {word.label} | {word.definition} |")
    return "\n".join([*lines, ""])


def _find(word: str) -> Word | None:
    """By key or by label, whatever the case: "Win rate", "win rate" and "win-rate" are one word."""
    return words().get(word.casefold().replace(" ", "-"))
