"""What Fennmark's people said, tried and promised: notes, calls, mails and tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from baton.core.access.models import User
from baton.core.demo.rules import Calendar
from baton.core.demo.slots import Chapter, Story, chapters
from baton.core.settings.queries import organisation_zone
from baton.records.people.models import Person
from baton.records.timeline.actions import add_note, add_task, finish_task, log_activity
from baton.records.timeline.models import Task


@dataclass(frozen=True)
class Scene:
    """Something that took place, so many days after the person became known."""

    after: int
    kind: str
    outcome: str
    body: str = ""
    minutes: int | None = None
    subject: str = ""
    direction: str = "ours"


# With those whom sales found, a partner sent or a customer recommended; they take turns.
TALKS: tuple[tuple[Scene, ...], ...] = (
    (
        Scene(0, "call", "unanswered"),
        Scene(1, "call", "voicemail", "Left word: we read the meters they have."),
        Scene(3, "call", "conversation", "Audit in autumn. Wants to see line two first.", 14),
        Scene(9, "meeting", "held", "Walked the plant. Eleven meters, three of them lie.", 50),
    ),
    (
        Scene(0, "mail", "sent", "Which line would you look at first?", subject="One question"),
        Scene(2, "mail", "received", "The kilns, and at night.", subject="Re: One question"),
        Scene(4, "call", "conversation", "Pays the bill herself. Back after the harvest.", 9),
    ),
    (
        Scene(1, "call", "unanswered"),
        Scene(1, "call", "unanswered"),
        Scene(6, "call", "conversation", "Rang back at lunch.", 6, direction="theirs"),
        Scene(13, "meeting", "no_show"),
        Scene(14, "mail", "sent", "Three dates that suit us.", subject="Another day"),
    ),
)
# By slug: what a colleague should know, in days before the story is told.
NOTES = (
    ("jonas-weil", 12, "mara", "Spoke at our second webinar. Knows the auditor by first name."),
    ("miriam-koch", 20, "ines", "Asks for a monthly price in every letter she answers."),
    ("viktor-hahn", 31, "mara", "The group has a standard tool. He does not like it."),
    ("ayla-demir", 8, "teo", "Two plants, one budget. Decides with finance in May."),
)
# What is still to be done: title, for whom, due in hours (none: no date), about whom.
TASKS = (
    ("Send the proof sheet", "teo", -26, "ayla-demir"),
    ("Third attempt: when does the night shift start?", "teo", 5, "jonas-weil"),
    ("Offer for eleven meters", "ravi", 7, "nils-aune"),
    ("Ring after the harvest", "sam", 24 * 9, "luc-perrin"),
    ("Ask the auditor for two more names", "teo", 24 * 3, ""),
    ("Sort the samples in the car", "ravi", None, ""),
)


def tell_what_happened(story: Story) -> None:
    """Talks with whom sales knows, notes of both teams, and what is still to be done."""
    users: dict[str, User] = story.cast["users"]
    for place, person in enumerate(_known_to_sales(story)):
        by = person.owner or users["teo"]
        for scene in TALKS[place % len(TALKS)]:
            _play(scene, person=person, by=by, story=story)
    people: dict[str, Person] = story.cast["people"]
    for slug, days, name, body in NOTES:
        at = story.at - timedelta(days=days, hours=2)
        add_note(person=people[slug], body=body, by=users[name], at=at)
    story.keep(*_plan(story))


def _known_to_sales(story: Story) -> list[Person]:
    people: dict[str, Person] = story.cast["people"]
    return [person for person in people.values() if person.origin != "marketing"]


def _play(scene: Scene, *, person: Person, by: User, story: Story) -> None:
    """Nothing takes place after the story is told."""
    known_at: datetime = story.cast["known_at"][person.pk]
    at = known_at + timedelta(days=scene.after, minutes=story.dice.randint(20, 90))
    at += timedelta(days=max(0, at.weekday() - 4) and 7 - at.weekday())
    if at >= story.at:
        return
    log_activity(
        kind=scene.kind,
        outcome=scene.outcome,
        direction=scene.direction,
        subject=scene.subject,
        body=scene.body,
        minutes=scene.minutes,
        person=person,
        by=by,
        at=at,
    )


def _plan(story: Story) -> Iterator[Task]:
    """Tasks about nobody hang on nobody: they are kept by themselves."""
    users, people = story.cast["users"], story.cast["people"]
    calendar = Calendar(at=story.at, zone=organisation_zone(), days_off=())
    for title, name, hours, slug in TASKS:
        task = add_task(
            title=title,
            owner=users[name],
            by=users[name],
            at=story.at - timedelta(days=3),
            due_at=None if hours is None else calendar.planned(story.at + timedelta(hours=hours)),
            person=people[slug] if slug else None,
        )
        yield task
    done = add_task(
        title="Read up on the new grant",
        owner=users["teo"],
        by=users["teo"],
        at=story.at - timedelta(days=5),
    )
    finish_task(task=done, by=users["teo"], at=story.at - timedelta(days=1))
    yield done


chapters.add(Chapter("what happened", 35, tell_what_happened))
