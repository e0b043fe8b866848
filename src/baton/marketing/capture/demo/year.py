"""Who looked at the pages and sent the forms in the course of a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from baton.core.demo.rules import Stream
from baton.core.demo.slots import Bite, Year
from baton.core.keys import new_key
from baton.marketing.capture.actions import PastForm, record_forms, take_hits
from baton.marketing.capture.demo.visits import NEEDS, PLANTS, WAYS, look
from baton.marketing.capture.models import Page, Visitor
from baton.marketing.capture.rules import Seen, Source
from baton.records.people.models import Person
from baton.records.people.queries import emails_of

STRANGERS = 0.3  # who looked and left, for each who became known
LOOKS_AROUND, CAME_BEFORE = 0.06, 0.12
ASKS_LATER = 0.45  # of those who were met at a fair, some days after it
COMES_BACK = (0, 0, 0, 0, 0, 0, 0, 1, 1)  # how often, afterwards


def begin(year: Year) -> None:
    pages: dict[str, Page] = year.cast["pages"]
    year.cast["paths"] = {slug: page.public_path() for slug, page in pages.items()}


def tell_forms(bite: Bite) -> None:
    """Whom marketing won come by their way, send the form of the page they landed on, and some
    come back. ``cast["forms_sent"]`` has the facts of the forms in order of time."""
    dice, hits, sent = bite.dice("forms"), list[Seen](), list[PastForm]()
    emails = emails_of([person.pk for person in bite.cast["people"]])
    for person in bite.cast["people"]:
        stream: Stream = bite.cast["stream"][person.pk]
        at = bite.cast["known_at"][person.pk]
        page = _page_of(bite, stream)
        if page is None and stream.channel == "event" and dice.random() < ASKS_LATER:
            page, at = bite.year.cast["pages"]["demo"], at + timedelta(days=dice.uniform(0.5, 9))
        if page and page.form and at < bite.year.calendar.latest():
            asks = _Asks(person=person, page=page, stream=stream, at=at)
            seen, form = _comes(bite, asks, email=emails[person.pk][0].address, dice=dice)
            hits += seen
            sent.append(form)
    strangers = [_key(dice) for _ in range(round(len(bite.arrivals) * STRANGERS))]
    for key in strangers:
        hits += _passes(bite, key, dice=dice)
    take_hits(hits=hits)
    facts = record_forms(sent=sent, at=bite.year.at)
    bite.cast["forms_sent"] = sorted(facts, key=lambda fact: (fact.happened_at, fact.id))
    keys = [*(one.visitor for one in sent), *strangers]
    bite.keep(*Visitor.objects.filter(key__in=keys).only("pk"))


def _key(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def _page_of(bite: Bite, stream: Stream) -> Page | None:
    pages: dict[str, Page] = bite.year.cast["pages"]
    return pages.get(stream.landing_page.removeprefix("/p/").strip("/"))


@dataclass(frozen=True, kw_only=True)
class _Asks:
    """Who sends the form of a page, and when."""

    person: Person
    page: Page
    stream: Stream
    at: datetime


def _comes(bite: Bite, asks: _Asks, *, email: str, dice: Random) -> tuple[list[Seen], PastForm]:
    """A visit or two, the form at the end of the last one, and perhaps visits after it."""
    visitor, page, at = _key(dice), asks.page, asks.at
    source, hits = _source(asks.stream), list[Seen]()
    if dice.random() < CAME_BEFORE:
        earlier = at - timedelta(days=dice.uniform(0.6, 6))
        hits += look(bite.year, visitor, [page.slug], at=earlier, source=source)
        source = Source(channel="direct", landing_page=asks.stream.landing_page)
    path = [page.slug, *(["pricing"] if dice.random() < LOOKS_AROUND else [])]
    hits += look(bite.year, visitor, path, at=at - timedelta(minutes=3 * len(path)), source=source)
    for again in _returns(bite, at, dice=dice):
        path = ["welcome", "pricing"][: dice.randint(1, 2)]
        direct = Source(channel="direct", landing_page="/p/welcome/")
        hits += look(bite.year, visitor, path, at=again, source=direct)
    assert page.form  # noqa: S101 -- the caller looked
    form = PastForm(
        form=page.form,
        page=page,
        person=asks.person,
        visitor=visitor,
        values=_answers(asks, email=email, dice=dice),
        token=new_key(),
        source=source,
        at=at,
    )
    return hits, form


def _returns(bite: Bite, at: datetime, *, dice: Random) -> Iterator[datetime]:
    times = sorted(dice.uniform(0.5, 40) for _ in range(dice.choice(COMES_BACK)))
    for days in times:
        again = at + timedelta(days=days)
        if again < bite.year.calendar.latest():
            yield again


def _source(stream: Stream) -> Source:
    """Of a fair no link tells: who comes by themselves later comes directly."""
    if not stream.landing_page:
        return Source(channel="direct", landing_page="/p/demo/")
    source, medium = WAYS.get(stream.channel, ("", ""))
    return Source(
        channel=stream.channel,
        source=source,
        medium=medium,
        campaign=stream.campaign,
        landing_page=stream.landing_page,
    )


def _answers(asks: _Asks, *, email: str, dice: Random) -> dict[str, str]:
    person, form = asks.person, asks.page.form
    answers = {
        "name": person.full_name,
        "email": email,
        "company": person.company.name if person.company else "",
        "plants": dice.choice(PLANTS),
        "need": dice.choice(NEEDS),
        "heard": asks.stream.said,
        "job": person.job_title,
    }
    asked = {field.code for field in form.questions()} if form else set()
    return {code: text for code, text in answers.items() if text and code in asked}


def _passes(bite: Bite, visitor: UUID, *, dice: Random) -> Iterator[Seen]:
    """Somebody who came the same way as one of the others, looked and left."""
    person = dice.choice(bite.cast["people"])
    stream: Stream = bite.cast["stream"][person.pk]
    page = _page_of(bite, stream) or bite.year.cast["pages"]["welcome"]
    path = [page.slug, *(["pricing"] if dice.random() < LOOKS_AROUND else [])]
    at = bite.cast["known_at"][person.pk] - timedelta(hours=dice.uniform(0, 20))
    yield from look(bite.year, visitor, path, at=at, source=_source(stream))
