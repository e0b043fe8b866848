"""Who looked at the pages and sent the forms, by the same actions as real strangers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Q

from baton.core.demo.slots import Story, Year
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


@dataclass(frozen=True, kw_only=True)
class Coming:
    """How somebody came to send a form, and whether they came back."""

    page: Page
    values: dict[str, str]
    sender: Sender
    at: datetime
    before: list[Seen]
    after: list[Seen]


def tell_visits_and_forms(story: Story) -> None:
    """Marketing's people come by their source, send the form of the page they landed on, and some
    come back; ``cast["submissions"]`` has what they sent, by their slug."""
    people: dict[str, Person] = story.cast.get("people", {})
    pages: dict[str, Page] = story.cast["pages"]
    story.cast["paths"] = {slug: page.public_path() for slug, page in pages.items()}
    comings = _comings(story, people)
    take_hits(hits=[hit for coming in comings.values() for hit in coming.before])
    story.cast["submissions"] = {slug: _sends(coming) for slug, coming in comings.items()}
    later = [hit for coming in comings.values() for hit in coming.after]
    keys = [uuid4() for _ in range(STRANGERS)]
    take_hits(hits=[*later, *(hit for key in keys for hit in _passes(story, key))])
    while tell_visits(at=story.at):
        pass
    ours = Q(person__in=[person.pk for person in people.values()])
    story.keep(*Visitor.objects.filter(ours | Q(key__in=keys)))


def _comings(story: Story, people: dict[str, Person]) -> dict[str, Coming]:
    known_at: dict[int, datetime] = story.cast.get("known_at", {})
    emails = emails_of([person.pk for person in people.values()])
    told: dict[str, Coming] = {}
    for slug, person in people.items():
        page = _landing(story, person)
        if page and page.form and person.pk in known_at:
            email, at = emails[person.pk][0].address, known_at[person.pk]
            told[slug] = _comes(story, person, page=page, email=email, at=at)
    return told


def _landing(story: Story, person: Person) -> Page | None:
    slug = person.landing_page.removeprefix("/p/").strip("/")
    pages: dict[str, Page] = story.cast["pages"]
    return pages.get(slug)


def _comes(story: Story, person: Person, *, page: Page, email: str, at: datetime) -> Coming:
    """One or two visits before the form, the form, and perhaps a few after it."""
    visitor, source, landing = uuid4(), _source_of(person), page
    before: list[Seen] = []
    if page.slug == "audit-guide" and story.dice.random() < 0.5:
        page = story.cast["pages"]["energy-guide"]  # both send the guide
    if story.dice.random() < 0.4:
        earlier = at - timedelta(days=story.dice.randint(1, 6), minutes=story.dice.randint(0, 90))
        before += look(story, visitor, [landing.slug], at=earlier, source=source)
        source = Source(channel="direct", landing_page=page.public_path())
    seen = story.dice.sample(["welcome", "pricing"], story.dice.randint(0, 2))
    path = list(dict.fromkeys([landing.slug, *seen, page.slug]))
    first = at - timedelta(minutes=3 * len(path))
    before += look(story, visitor, path, at=first, source=source)
    return Coming(
        page=page,
        values=_answers(story, person, page=page, email=email),
        sender=Sender(source=source, visitor=visitor),
        at=at,
        before=before,
        after=list(_comes_back(story, visitor, at=at)),
    )


def _comes_back(story: Story, visitor: UUID, *, at: datetime) -> Iterator[Seen]:
    for days in sorted(story.dice.sample(range(1, 40), story.dice.randint(0, 3))):
        again = at + timedelta(days=days, minutes=story.dice.randint(0, 200))
        if again < story.at - timedelta(hours=2):
            path = ["welcome", "pricing", "demo"][: story.dice.randint(1, 3)]
            direct = Source(channel="direct", landing_page="/p/welcome/")
            yield from look(story, visitor, path, at=again, source=direct)


def _sends(coming: Coming) -> Submission:
    assert coming.page.form  # noqa: S101 -- who planned it looked
    done = submit_form(
        form=coming.page.form,
        page=coming.page,
        values=coming.values,
        token=new_key(),
        sender=coming.sender,
        at=coming.at,
    )
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


def _answers(story: Story, person: Person, *, page: Page, email: str) -> dict[str, str]:
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


def look(
    story: Story | Year, visitor: UUID, slugs: list[str], *, at: datetime, source: Source
) -> Iterator[Seen]:
    """Pages one after the other, two minutes each; the first one carries the source."""
    pages: dict[str, Page] = story.cast["pages"]
    for place, slug in enumerate(slugs):
        page, path = pages[slug], story.cast["paths"][slug]
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


def _passes(story: Story, visitor: UUID) -> Iterator[Seen]:
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
    yield from look(story, visitor, path, at=at, source=came)
