"""Who looked at the pages and sent the forms in the course of a year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from baton.core.demo.rules import Stream
from baton.core.demo.slots import Bite, Year
from baton.core.keys import new_key
from baton.marketing.capture.actions import PastForm, record_forms, take_hits
from baton.marketing.capture.demo.nurture import comings
from baton.marketing.capture.demo.visits import NEEDS, PLANTS, WAYS, look
from baton.marketing.capture.models import Page, Visitor
from baton.marketing.capture.rules import Seen, Source
from baton.records.people.models import Person
from baton.records.people.queries import emails_of

STRANGERS = 0.3  # who looked and left, for each who became known
LOOKS_AROUND, CAME_BEFORE = 0.04, 0.12
ASKS_LATER = 0.3  # of those who were met at a fair, some days after it
READS_LATER = 0.3  # of those who do not: the guide, when a letter has come or two
COMES_BACK = (0, 0, 0, 0, 0, 0, 0, 0, 1)  # how often, afterwards


def begin(year: Year) -> None:
    pages: dict[str, Page] = year.cast["pages"]
    year.cast["paths"] = {slug: page.public_path() for slug, page in pages.items()}


def tell_forms(bite: Bite) -> None:
    """Whom marketing won come by their way, send the form of the page they landed on, and come
    back: some who asked for a demo, many who did not. The forms are in order of time."""
    dice, hits, sent = bite.dice("forms"), list[Seen](), list[PastForm]()
    latest = bite.year.calendar.latest()
    emails = emails_of([person.pk for person in bite.cast["people"]])
    for person in bite.cast["people"]:
        stream: Stream = bite.cast["stream"][person.pk]
        page, at = _first_form(bite, person, stream, dice=dice)
        if page and page.form and at < latest:
            asks = _Asks(person, page, stream, at, email=emails[person.pk][0].address)
            seen, forms = _comes(bite, asks, dice=dice)
            hits += seen
            sent += forms
    strangers = [_key(dice) for _ in range(round(len(bite.arrivals) * STRANGERS))]
    for key in strangers:
        hits += _passes(bite, key, dice=dice)
    take_hits(hits=hits)
    record_forms(sent=sorted(sent, key=lambda form: form.at), at=bite.year.at)
    keys = [*(one.visitor for one in sent), *strangers]
    bite.keep(*Visitor.objects.filter(key__in=keys).only("pk"))


def _first_form(
    bite: Bite, person: Person, stream: Stream, *, dice: Random
) -> tuple[Page | None, datetime]:
    """At once on the page they landed on; who was met at a fair asks or reads later, if at all."""
    at, page = bite.cast["known_at"][person.pk], _page_of(bite, stream)
    if page is None and stream.channel == "event":
        pages: dict[str, Page] = bite.year.cast["pages"]
        if dice.random() < ASKS_LATER:
            return pages["demo"], at + timedelta(days=dice.uniform(0.5, 9))
        if dice.random() < READS_LATER:
            return pages["energy-guide"], at + timedelta(days=dice.uniform(6, 50))
    return page, at


def _key(dice: Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def _page_of(bite: Bite, stream: Stream) -> Page | None:
    pages: dict[str, Page] = bite.year.cast["pages"]
    return pages.get(stream.landing_page.removeprefix("/p/").strip("/"))


@dataclass(frozen=True)
class _Asks:
    """Who sends the form of a page, and when."""

    person: Person
    page: Page
    stream: Stream
    at: datetime
    email: str


def _comes(bite: Bite, asks: _Asks, *, dice: Random) -> tuple[list[Seen], list[PastForm]]:
    """A visit or two, the form at the end of the last one, and perhaps more after it."""
    visitor, page, at = _key(dice), asks.page, asks.at
    source, hits = _source(asks.stream), list[Seen]()
    if dice.random() < CAME_BEFORE:
        earlier = at - timedelta(days=dice.uniform(0.6, 6))
        hits += look(bite.year, visitor, [page.slug], at=earlier, source=source)
        source = Source(channel="direct", landing_page=asks.stream.landing_page)
    path = [page.slug, *(["pricing"] if dice.random() < LOOKS_AROUND else [])]
    hits += look(bite.year, visitor, path, at=at - timedelta(minutes=3 * len(path)), source=source)
    forms = [_form(asks, visitor, source=source, dice=dice)]
    for again in _returns(bite, at, dice=dice):
        path = ["welcome", "pricing"][: dice.randint(1, 2)]
        direct = Source(channel="direct", landing_page="/p/welcome/")
        hits += look(bite.year, visitor, path, at=again, source=direct)
    for coming in comings(bite.year, asks.stream, first=page, since=at, dice=dice):
        hits += look(bite.year, visitor, coming.path, at=coming.at, source=coming.source)
        if coming.form_on:
            end = coming.at + timedelta(minutes=2 * len(coming.path) + 1)
            later = replace(asks, page=coming.form_on, at=end)
            forms.append(_form(later, visitor, source=coming.source, dice=dice))
    return hits, forms


def _form(asks: _Asks, visitor: UUID, *, source: Source, dice: Random) -> PastForm:
    assert asks.page.form  # noqa: S101 -- who planned it looked
    return PastForm(
        form=asks.page.form,
        page=asks.page,
        person=asks.person,
        visitor=visitor,
        values=_answers(asks, dice=dice),
        token=new_key(),
        source=source,
        at=asks.at,
    )


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


def _answers(asks: _Asks, *, dice: Random) -> dict[str, str]:
    person, form = asks.person, asks.page.form
    answers = {
        "name": person.full_name,
        "email": asks.email,
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
