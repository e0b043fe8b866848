"""How other systems name stages. No database, no clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

WON = re.compile(r"(?<![a-z])(closed[ _-]?)?won(?![a-z])")
LOST = re.compile(r"(?<![a-z])(closed[ _-]?)?lost(?![a-z])")


@dataclass(frozen=True)
class NamedStage:
    """One of the usual stages of another system."""

    name: str
    probability: int


def kind_called(name: str) -> str:
    """“Closed Won”, “closedwon”: won; “Closed-Lost to Competition”: lost; else ""."""
    text = name.casefold()
    if WON.search(text):
        return "won"
    return "lost" if LOST.search(text) else ""


def read_stages(text: str) -> list[NamedStage]:
    """“Qualified to Buy 40; Contract Sent 90”: names and probabilities, in their order."""
    found = []
    for part in text.split(";"):
        name, _blank, chance = part.strip().rpartition(" ")
        if name and chance.isdecimal() and len(chance) < 4 and int(chance) <= 100:
            found.append(NamedStage(name, int(chance)))
    return found


def order_of(name: str, kind: str, known: Sequence[NamedStage]) -> int:
    """A stage's place: the source's usual order, then others, then won and lost."""
    if kind != "open":
        return 1001 if kind == "lost" else 1000
    names = [one.name.casefold() for one in known]
    return names.index(name.casefold()) if name.casefold() in names else len(names)
