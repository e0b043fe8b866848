"""What a persona says, and the simple rule by which people are one. No database, no clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from baton.records.people.rules import tidy

MOST_SENTENCES = 3  # openers that marketing approves: more would not be read

PLACE = re.compile(r"\{([^{}]*)\}")
LONGEST_QUOTE = 120  # characters of what they wrote


class Known(StrEnum):
    """What a sentence may name in braces: it is said with what is known of the person."""

    FIRST_NAME = "first_name"
    COMPANY = "company"
    WORDS = "words"  # theirs, of their latest form
    PAGE = "page"  # that they read last
    CAMPAIGN = "campaign"
    MATERIAL = "material"  # that they were sent last
    TALK = "talk"  # the day on which somebody of us last spoke with them


# Of two sentences the one that tells more of them opens the call.
WEIGHTS: Mapping[Known, int] = {
    Known.WORDS: 16,
    Known.TALK: 8,
    Known.PAGE: 6,
    Known.MATERIAL: 5,
    Known.CAMPAIGN: 3,
    Known.COMPANY: 1,
    Known.FIRST_NAME: 1,
}


@dataclass(frozen=True, kw_only=True)
class Opener:
    """``used``: what of the person stands in it; ``is_usual``: no approved sentence was sayable."""

    text: str
    used: tuple[Known, ...] = ()
    is_usual: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the rule as a form shows it."""

    field: str = ""  # "person.job_title"
    op: str = ""
    value: str = ""  # several are parted by commas


JOINS = ("all", "any")
LISTS = frozenset({"in", "not_in"})
PAIRS = frozenset({"between"})
WITHOUT_VALUE = frozenset({"is_empty", "is_set"})
DAYS = frozenset({"in_last_days", "in_next_days", "more_than_days_ago"})


def clean_lines(lines: Iterable[str]) -> list[str]:
    """One sentence each, without empty and doubled ones."""
    return list(dict.fromkeys(tidied for line in lines if (tidied := tidy(line))))


@dataclass(frozen=True)
class Rows:
    """A rule as a form shows it: ``join`` is "all" (each must hold) or "any" (one is enough)."""

    join: str = "all"
    rows: Sequence[Row] = ()


def tree_of(asked: Rows, *, kinds: Mapping[str, str]) -> dict[str, Any] | None:
    """The filter that these rows mean; None when there is none.

    ``kinds``: field -> its FieldKind, so that ids and yes/no are not sent as text.
    """
    rows = [row for row in asked.rows if row.field and row.op]
    if not rows:
        return None
    return {asked.join: [_condition(row, kind=kinds.get(row.field, "text")) for row in rows]}


def rows_of(tree: Mapping[str, Any] | None) -> Rows | None:
    """The rows that a form can show; None when the filter is more than a list of conditions."""
    if not tree:
        return Rows()
    join, conditions = next(iter(tree.items()))
    if len(tree) != 1 or join not in JOINS or not isinstance(conditions, list):
        return None
    if any("field" not in one for one in conditions):
        return None
    rows = [Row(one["field"], one["op"], _written(one.get("value"))) for one in conditions]
    return Rows(join, rows)


def _condition(row: Row, *, kind: str) -> dict[str, Any]:
    condition: dict[str, Any] = {"field": row.field, "op": row.op}
    if row.op in WITHOUT_VALUE:
        return condition
    parts = [_read(part.strip(), kind=kind, op=row.op) for part in row.value.split(",")]
    whole = _read(row.value.strip(), kind=kind, op=row.op)
    return condition | {"value": parts if row.op in LISTS | PAIRS else whole}


def _read(text: str, *, kind: str, op: str) -> str | int | bool:
    if kind == "boolean":
        return text.casefold() in {"yes", "true", "1"}
    is_count = kind == "relation" or op in DAYS
    return int(text) if is_count and text.isdecimal() and text.isascii() else text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return "" if value is None else str(value)


def places_of(sentence: str) -> list[str]:
    """What it names in braces, each once."""
    return list(dict.fromkeys(PLACE.findall(sentence)))


def unknown_places(sentences: Iterable[str]) -> list[str]:
    """Those that nobody could fill."""
    return [place for one in sentences for place in places_of(one) if place not in set(Known)]


def filled(sentence: str, known: Mapping[str, str]) -> str:
    """Nothing where it names something that is not known of them: it is never said half."""
    if not all(known.get(place) for place in places_of(sentence)):
        return ""
    return PLACE.sub(lambda place: known[place[1]], sentence)


def opener_of(
    sentences: Sequence[str], usual: Sequence[str], known: Mapping[str, str]
) -> Opener | None:
    """The approved sentence that says most of what is known, of equals the first; else a usual one;
    None where nothing can be said."""
    for offered, is_usual in ((sentences, False), (usual, True)):
        sayable = [one for one in offered if filled(one, known)]
        if sayable:
            best = max(sayable, key=_weight)
            used = tuple(Known(place) for place in places_of(best))
            return Opener(text=filled(best, known), used=used, is_usual=is_usual)
    return None


def quoted(text: str) -> str:
    """What they wrote, short enough to be said."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_QUOTE:
        return plain
    return plain[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",.;:") + " …"


def _weight(sentence: str) -> int:
    return sum(WEIGHTS[Known(place)] for place in places_of(sentence))
