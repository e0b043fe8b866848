"""Who looked at the pages and sent the forms, by the same actions as real strangers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from baton.core.demo.slots import Story
from baton.core.keys import new_key
from baton.marketing.capture.actions import Sender, submit_form, take_hits, tell_visits
from baton.marketing.capture.models import Page, Submission, Visitor
from baton.marketing.capture.rules import Seen, Source
from baton.records.people.models import Person
from baton.records.people.queries import emails_of

STRANGERS = 400  # who looked and left
OLDEST_DAYS = 165
WAYS = {
    "organic_search": ("google", "organic"),
    "paid_search": ("google", "cpc"),
    "paid_social": ("linkedin", "cpc"),
    "email": ("letter", "email"),
    "event": ("webinar", "event"),
    "direct": ("", ""),
}
NEEDS = (
    "We have 14 meters that nobody reads. Can you take their data, too?",
    "Two lines, one compressor room. I want to see a night.",
    "Our audit is in autumn and I have no proof for the cold store.",
    "What happens when the network in the hall is down?",
    "I would like to see a plant of our trade.",
)
PLANTS = ("One", "2 to 5", "6 or more")


def tell_visits_and_forms(story: Story) -> None:
    """Marketing's people come by their source, send the form of the page they landed on, and some
    come back; ``cast["submissions"]`` has what they sent, by their slug."""
    known_at: dict[int, datetime] = story.cast.get("known_at", {})
    people: dict[str, Person] = story.cast.get("people", {})
    sent: dict[str, Submission] = {}
    for slug, person in people.items():
        page = _landing(story, person)
        if page and page.form and person.pk in known_at:
            sent[slug] = _comes(story, person, page=page, at=known_at[person.pk])
    story.cast["submissions"] = sent
    take_hits(hits=[hit for number in range(STRANGERS) for hit in _passes(story, number)])
    while tell_visits(at=story.at):
        pass
    story.keep(*Visitor.objects.filter(person__in=[person.pk for person in people.values()]))
    story.keep(*Visitor.objects.filter(key__in=_strangers(story)))


def _landing(story: Story, person: Person) -> Page | None:
    slug = person.landing_page.removeprefix("/p/").strip("/")
    pages: dict[str, Page] = story.cast["pages"]
    return pages.get(slug)


def _comes(story: Story, person: Person, *, page: Page, at: datetime) -> Submission:
    """One or two visits before the form, the form, and perhaps a few after it."""
    visitor, source, landing = uuid4(), _source_of(person), page
    if page.slug == "audit-guide" and story.dice.random() < 0.5:
        page = story.cast["pages"]["energy-guide"]  # both send the guide
    if story.dice.random() < 0.4:
        earlier = at - timedelta(days=story.dice.randint(1, 6), minutes=story.dice.randint(0, 90))
        take_hits(hits=list(_look(story, visitor, [landing.slug], at=earlier, source=source)))
        source = Source(channel="direct", landing_page=page.public_path())
    seen = story.dice.sample(["welcome", "pricing"], story.dice.randint(0, 2))
    path = list(dict.fromkeys([landing.slug, *seen, page.slug]))
    first = at - timedelta(minutes=3 * len(path))
    take_hits(hits=list(_look(story, visitor, path, at=first, source=source)))
    assert page.form  # noqa: S101 -- the caller looked
    done = submit_form(
        form=page.form,
        page=page,
        values=_answers(story, person, page=page),
        token=new_key(),
        sender=Sender(source=source, visitor=visitor),
        at=at,
    )
    for days in sorted(story.dice.sample(range(1, 40), story.dice.randint(0, 3))):
        again = at + timedelta(days=days, minutes=story.dice.randint(0, 200))
        if again < story.at - timedelta(hours=2):
            path = ["welcome", "pricing", "demo"][: story.dice.randint(1, 3)]
            direct = Source(channel="direct", landing_page="/p/welcome/")
            take_hits(hits=list(_look(story, visitor, path, at=again, source=direct)))
    return done.submission


def _source_of(person: Person) -> Source:
    source, medium = WAYS.get(person.channel, ("", ""))
    return Source(
        channel=person.channel,
        source=source,
        medium=medium,
        campaign=person.campaign,
        landing_page=person.landing_page,
    )


def _answers(story: Story, person: Person, *, page: Page) -> dict[str, str]:
    email = emails_of([person.pk])[person.pk][0].address
    answers = {
        "name": person.full_name,
        "email": email,
        "company": person.company.name if person.company else "",
        "plants": story.dice.choice(PLANTS),
        "need": story.dice.choice(NEEDS),
        "heard": person.said_source,
    }
    asked = {field.code for field in page.form.questions()} if page.form else set()
    return {code: text for code, text in answers.items() if text and code in asked}


def _look(
    story: Story, visitor: UUID, slugs: list[str], *, at: datetime, source: Source
) -> Iterator[Seen]:
    """Pages one after the other, two minutes each; the first one carries the source."""
    pages: dict[str, Page] = story.cast["pages"]
    for place, slug in enumerate(slugs):
        page = pages[slug]
        path = page.public_path()
        inside = Source(channel="direct", landing_page=path)
        yield Seen(
            id=new_key(),
            visitor=visitor,
            at=at + timedelta(minutes=2 * place),
            path=path,
            title=page.title,
            source=inside if place else replace(source, landing_page=path),
            consented_at=at,
            page_id=page.pk,
        )


def _strangers(story: Story) -> list[UUID]:
    """The same keys each time they are asked for, so that they can be kept."""
    found: list[UUID] = story.cast.setdefault("strangers", [uuid4() for _ in range(STRANGERS)])
    return found


def _passes(story: Story, number: int) -> Iterator[Seen]:
    """Somebody who looked and left."""
    channel = story.dice.choice(list(WAYS))
    source, medium = WAYS[channel]
    slugs = ["energy-guide", "audit-guide", "iso-webinar", "energy-monitoring", "demo"]
    path = [story.dice.choice(slugs)]
    if story.dice.random() < 0.4:
        path = story.dice.choice([["welcome"], ["welcome", "pricing"]])
    at = story.at - timedelta(
        days=story.dice.randint(1, OLDEST_DAYS), minutes=story.dice.randint(0, 600)
    )
    came = Source(channel=channel, source=source, medium=medium)
    yield from _look(story, _strangers(story)[number], path, at=at, source=came)
