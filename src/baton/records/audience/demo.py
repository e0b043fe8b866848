"""Whom Fennmark's marketing means: four personas, and who of the cast is which."""

from typing import Any

from baton.core.demo.slots import Chapter, Story, chapters
from baton.records.audience.actions import assign_by_rules, create_persona
from baton.records.audience.models import Persona


def _title_has(*words: str) -> dict[str, Any]:
    asked = [{"field": "person.job_title", "op": "contains", "value": word} for word in words]
    return {"any": asked} if len(asked) > 1 else {"all": asked}


PERSONAS: tuple[dict[str, Any], ...] = (
    {
        "name": "Energy manager",
        "rule": _title_has("energy"),
        "motivations": ["Pass the audit without a week of spreadsheets", "Be heard by the board"],
        "pains": [
            "Meters that nobody reads, in three formats",
            "The auditor asks for proof of a night in March",
        ],
        "objections": ["We have meters already", "IT will not let a gateway in"],
        "sentences": [
            "What did your last audit cost you in evenings?",
            "You wrote: “{words}” Which line would you look at first?",
            "We read the meters you have; you change only those that lie.",
        ],
    },
    {
        "name": "Plant manager",
        "rule": _title_has("plant", "operations", "facility", "warehouse", "fleet"),
        "motivations": ["No standstill", "Fewer surprises on the energy bill"],
        "pains": ["A compressor runs all weekend and nobody notices"],
        "objections": ["No time for another system", "My people must not climb into cabinets"],
        "sentences": [
            "You read “{page}”. When did you last find something running that should not?",
            "We fit a line in one shift, without stopping it.",
        ],
    },
    {
        "name": "Finance",
        "rule": _title_has("finance", "controller"),
        "motivations": ["Costs that can be planned", "Grants that are really paid out"],
        "pains": ["Energy is the second largest cost, and one lump sum"],
        "objections": ["Why not a monthly price?", "Payback over two years is too long"],
        "sentences": ["Which share of your energy bill can you put on a product today?"],
    },
    {
        "name": "Sustainability lead",
        "rule": _title_has("sustainab"),
        "motivations": ["Figures that stand up in the report"],
        "pains": ["Estimates where there should be measurements"],
        "objections": ["The group has a standard tool"],
        "sentences": ["Which figure in your last report would you not defend on a stage?"],
    },
)


def tell_personas(story: Story) -> None:
    """Four personas; ``cast["personas"]`` has them by name."""
    marketer = story.cast.get("users", {}).get("mara")
    told: dict[str, Persona] = {
        values["name"]: create_persona(values=values, by=marketer, at=story.at)
        for values in PERSONAS
    }
    story.cast["personas"] = told
    story.keep(*told.values())


def tell_who_is_which(story: Story) -> None:
    """As the subscriber would a moment later; the chapters after this one want to know."""
    ids = [person.pk for person in story.cast.get("people", {}).values()]
    assign_by_rules(person_ids=ids, at=story.at, told_at=story.cast.get("known_at"))


chapters.add(Chapter("personas", 20, tell_personas))
chapters.add(Chapter("who is which", 31, tell_who_is_which))
