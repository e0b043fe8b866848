"""What a persona says, and what of it is said to whom. No database, no clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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


def clean_lines(lines: Iterable[str]) -> list[str]:
    """One sentence each, without empty and doubled ones."""
    return list(dict.fromkeys(tidied for line in lines if (tidied := tidy(line))))


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
