"""What Fennmark's reps ask in a first talk, and what some people told them."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from baton.core.access.models import User
from baton.core.demo.slots import Bite, Chapter, Story, YearChapter, chapters, year_chapters
from baton.records.audience.models import Persona
from baton.records.discovery.actions import PastAnswers, create_guide, record_answers
from baton.records.discovery.models import Guide
from baton.records.discovery.rules import Question
from baton.records.people.models import Person

ASKED = 0.45  # of those whose need was confirmed, by a guide
USUAL = 0.8  # of its questions have an answer
BEFORE = timedelta(minutes=4)  # the verdict came
METERS = Question(
    code="q1", text="How many meters do you read, and how?", hint="By hand counts, too"
)
WHY = Question(
    code="q2", text="What made you look right now?", hint="An audit, a bill, somebody new?"
)
WHO = Question(code="q3", text="Who decides with you?", fills="deal.decision_maker")
WHEN = Question(code="q4", text="When must it stand?", hint="Ask for the day of the audit")
PROOF = Question(code="q5", text="What did the last audit ask that you could not show?")
LINE = Question(code="q6", text="Which line would you see first?", fills="deal.need")
COST = Question(code="q7", text="Which share of the bill can you put on a product?")
GUIDES: tuple[tuple[str, str, tuple[Question, ...]], ...] = (
    ("Energy manager: the audit", "Energy manager", (METERS, PROOF, LINE, WHEN, WHO)),
    ("Finance: what it costs", "Finance", (COST, WHY, WHO, WHEN)),
    ("First call", "", (WHY, METERS, LINE, WHO, WHEN)),
)
TOLD: Mapping[str, tuple[str, ...]] = {
    "q1": (
        "Eleven, read by hand on Mondays",
        "Forty, but three systems",
        "Only the one of the utility",
        "Twenty-six, exported each month",
    ),
    "q2": (
        "The bill went up by a third",
        "A new law on reporting",
        "Their auditor asked again",
        "A colleague saw us at the fair",
    ),
    "q3": ("The controller", "The managing director", "Nobody else", "The group, above 50,000"),
    "q4": (
        "Before the audit in October",
        "This year's budget",
        "No hurry",
        "In summer, when we stop",
    ),
    "q5": ("A night in March", "Compressed air, by line", "Nothing yet: it is their first"),
    "q6": ("The kilns", "Line two", "Cold storage", "Compressors at weekends"),
    "q7": ("None of it", "About half", "All but the offices"),
}
# Slug, who asked, how many days ago; answers by the code of their question.
CAST = (
    ("ayla-demir", "teo", 8, ("q2", "q1", "q3")),
    ("viktor-hahn", "teo", 30, ("q2", "q6")),
)


def tell_guides(story: Story) -> None:
    """Three guides; ``cast["guides"]`` has them by the name of their persona, "" for everybody."""
    personas: dict[str, Persona] = story.cast["personas"]
    by: User | None = story.cast.get("users", {}).get("nora")
    told: dict[str, Guide] = {
        persona: create_guide(
            name=name,
            questions=questions,
            personas=[personas[persona]] if persona else [],
            by=by,
            at=story.at,
        )
        for name, persona, questions in GUIDES
    }
    story.cast["guides"] = told
    story.keep(*told.values())


def tell_answers(story: Story) -> None:
    """What two of the cast told."""
    people: dict[str, Person] = story.cast["people"]
    users: dict[str, User] = story.cast["users"]
    guide: Guide = story.cast["guides"][""]
    record_answers(
        [
            PastAnswers(
                person=people[slug],
                guide=guide,
                said={code: TOLD[code][place % len(TOLD[code])] for code in codes},
                by=users[name],
                at=story.at - timedelta(days=days, hours=1),
            )
            for place, (slug, name, days, codes) in enumerate(CAST)
        ]
    )


def tell_year(bite: Bite) -> None:
    """Of those who became SQLs some were asked by the guide that fits them."""
    dice, guides = bite.dice("discovery"), bite.year.cast["guides"]
    past = [
        PastAnswers(
            person=person,
            guide=guide,
            said=_said(guide, dice),
            by=rep,
            at=at - BEFORE,
        )
        for person, rep, at in bite.cast.get("qualified", ())
        if dice.random() < ASKED
        for guide in [guides.get(person.persona) or guides[""]]
    ]
    record_answers([one for one in past if one.said])


def _said(guide: Guide, dice: Random) -> dict[str, str]:
    return {
        question.code: dice.choice(TOLD[question.code])
        for question in guide.asked()
        if dice.random() < USUAL
    }


chapters.add(Chapter("guides", 22, tell_guides))
chapters.add(Chapter("what they told", 45, tell_answers))
year_chapters.add(YearChapter("discovery", 45, tell_year))
