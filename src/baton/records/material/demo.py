"""What Fennmark sends its buyers to read, and who was sent what."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from baton.core.access.models import User
from baton.core.demo.slots import Bite, Chapter, Story, YearChapter, chapters, year_chapters
from baton.records.audience.models import Persona
from baton.records.material.actions import PastUse, create_material, record_uses
from baton.records.material.models import Material
from baton.records.people.models import Person

SENT = 0.6  # of those whose need was confirmed
AFTER = timedelta(minutes=9)  # the talk
# Title, sentence, path, stage, persona, objection, days until its last day.
LIBRARY: tuple[tuple[str, str, str, str, str, str, int | None], ...] = (
    (
        "The audit file of a tannery",
        "Here is what an auditor of a tannery was shown, night by night.",
        "library/tannery-audit",
        "comparing",
        "Energy manager",
        "",
        200,
    ),
    (
        "We have meters already: which of them lie",
        "You keep the meters you have: this page shows how we find those that lie.",
        "library/old-meters",
        "solution",
        "Energy manager",
        "We have meters already",
        None,
    ),
    (
        "Gateways for your IT: one page",
        "One page for your IT: what the gateway opens, and what it never does.",
        "library/gateway-for-it",
        "comparing",
        "Energy manager",
        "IT will not let a gateway in",
        -12,
    ),
    (
        "A line fitted in one shift",
        "The log of a shift in which a bottling line was fitted without stopping it.",
        "library/one-shift",
        "comparing",
        "Plant manager",
        "No time for another system",
        90,
    ),
    (
        "Payback in eleven months, with the sums",
        "All sums behind a payback of eleven months, to be filled with your own figures.",
        "library/payback",
        "decision",
        "Finance",
        "Payback over two years is too long",
        120,
    ),
    (
        "Grants that were paid out last year",
        "Which grants were really paid out last year, and what was asked for them.",
        "library/grants",
        "decision",
        "Finance",
        "",
        45,
    ),
    (
        "What a kilowatt-hour costs you at night",
        "A sheet that tells in ten minutes what a night costs you.",
        "library/night-sheet",
        "problem",
        "",
        "",
        None,
    ),
)
# Slug, who sent it, how many days ago, which.
CAST = (("ayla-demir", "teo", 7, 1), ("viktor-hahn", "teo", 29, 4), ("viktor-hahn", "teo", 27, 5))


def tell_library(story: Story) -> None:
    """Seven pieces, one of them out of date; ``cast["material"]`` has them in this order."""
    personas: Mapping[str, Persona] = story.cast["personas"]
    marketer: User | None = story.cast.get("users", {}).get("mara")
    told = [
        create_material(values=_values(line, story, personas), by=marketer, at=story.at)
        for line in LIBRARY
    ]
    story.cast["material"] = told
    story.keep(*told)


def tell_sent(story: Story) -> None:
    """What three of the cast were sent."""
    people: Mapping[str, Person] = story.cast["people"]
    users: Mapping[str, User] = story.cast["users"]
    material: list[Material] = story.cast["material"]
    record_uses(
        [
            PastUse(
                material=material[place],
                person=people[slug],
                by=users[name],
                at=story.at - timedelta(days=days, hours=1),
            )
            for slug, name, days, place in CAST
        ]
    )


def tell_year(bite: Bite) -> None:
    """Of those who became SQLs some were sent what is for them after the talk."""
    dice, material = bite.dice("material"), bite.year.cast["material"]
    record_uses(
        [
            PastUse(material=dice.choice(fits), person=person, by=rep, at=at + AFTER)
            for person, rep, at in bite.cast.get("qualified", ())
            if dice.random() < SENT
            for fits in [_fit(material, person.persona) or material[-1:]]
        ]
    )


def _fit(material: list[Material], persona: str) -> list[Material]:
    return [one for one, line in zip(material, LIBRARY, strict=True) if line[4] == persona]


def _values(line: Any, story: Story, personas: Mapping[str, Persona]) -> dict[str, Any]:
    title, sentence, path, stage, persona, objection, days = line
    return {
        "title": title,
        "sentence": sentence,
        "link": f"https://fennmark.example/{path}",
        "stage": stage,
        "personas": [personas[persona]] if persona else [],
        "objection": objection,
        "owner": story.cast.get("users", {}).get("mara"),
        "valid_until": None if days is None else (story.at + timedelta(days=days)).date(),
    }


chapters.add(Chapter("sales material", 23, tell_library))
chapters.add(Chapter("what they were sent", 46, tell_sent))
year_chapters.add(YearChapter("material", 46, tell_year))
