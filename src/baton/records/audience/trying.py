"""Approved sentences tried on somebody real, while they are written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.limits import reading_masked
from baton.core.offers import Label
from baton.records.audience.models import Persona
from baton.records.audience.rules import MOST_SENTENCES, Known, filled, places_of
from baton.records.audience.slots import Told, tells
from baton.records.people.models import Person, PersonQuerySet
from baton.records.people.queries import people_matching

LOOKED_AT = 8  # people until one is found to whom something can be said
LACKS: Mapping[str, Label] = {
    Known.FIRST_NAME: gettext_lazy("their first name is not known"),
    Known.COMPANY: gettext_lazy("they have no company"),
    Known.WORDS: gettext_lazy("they wrote nothing in a form"),
    Known.PAGE: gettext_lazy("no page is known that they read"),
    Known.CAMPAIGN: gettext_lazy("no campaign is known that brought them"),
    Known.MATERIAL: gettext_lazy("they were sent no material"),
    Known.TALK: gettext_lazy("nobody has spoken with them"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sentence; filled with ``facts``, or "" for what it ``lacks``."""

    sentence: str
    text: str
    facts: list[str]
    lacks: list[str]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """On whom, and what of it could be said. ``person`` None: there is nobody, ``why`` says so."""

    person: Person | None
    lines: list[Line]
    why: str = ""


def try_sentences(
    sentences: Sequence[str], *, persona: Persona | None, who: str, user: User, now: datetime
) -> Tried:
    """On the one who is meant by ``who``, else on the latest to whom one of them can be said.

    Nothing is written, though what is typed was sent: what is hidden from the user fills nothing.
    """
    with reading_masked():
        if who:
            return _on_whom(sentences, who, user=user, now=now)
        return _on_the_latest(sentences, persona, user=user, now=now)


def try_on(sentences: Sequence[str], *, key: UUID, user: User, now: datetime) -> Tried | None:
    """On the one who has this key, likewise; None where the user sees nobody who has."""
    with reading_masked():
        person = _seen(user).filter(key=key).first()
        if person is None:
            return None
        return Tried(person=person, lines=_lines(sentences, person, user=user, now=now))


def _seen(user: User) -> PersonQuerySet:
    return Person.objects.visible_to(user).living().select_related("company")


def _on_whom(sentences: Sequence[str], who: str, *, user: User, now: datetime) -> Tried:
    person = people_matching(_seen(user), who).first()
    if person is None:
        why = _("Nobody whom you see is called “%(who)s”.") % {"who": who}
        return Tried(person=None, lines=[], why=why)
    return Tried(person=person, lines=_lines(sentences, person, user=user, now=now))


def _on_the_latest(
    sentences: Sequence[str], persona: Persona | None, *, user: User, now: datetime
) -> Tried:
    first: Tried | None = None
    for person in _latest(_seen(user), persona=persona):
        tried = Tried(person=person, lines=_lines(sentences, person, user=user, now=now))
        if any(line.text for line in tried.lines):
            return tried
        first = first or tried
    return first or Tried(person=None, lines=[], why=_("There is nobody yet to try them on."))


def _latest(seen: PersonQuerySet, *, persona: Persona | None) -> Sequence[Person]:
    """Of the persona, or of all where nobody is one yet."""
    order = (F("latest_touch_at").desc(nulls_last=True), "-pk")
    theirs = list(seen.filter(persona=persona.name).order_by(*order)[:LOOKED_AT]) if persona else []
    return theirs or list(seen.order_by(*order)[:LOOKED_AT])


def _lines(sentences: Sequence[str], person: Person, *, user: User, now: datetime) -> list[Line]:
    told = _told(person, user=user, now=now)
    known = {str(place): one.text for place, one in told.items()}
    return [_line(one, told=told, known=known) for one in sentences[:MOST_SENTENCES]]


def _line(sentence: str, *, told: Mapping[Known, Told], known: Mapping[str, str]) -> Line:
    places = places_of(sentence)
    return Line(
        sentence=sentence,
        text=filled(sentence, known),
        facts=[told[Known(place)].why for place in places if known.get(place)],
        lacks=[_lack(place) for place in places if not known.get(place)],
    )


def _lack(place: str) -> str:
    words = LACKS.get(place)
    return (
        str(words) if words else _("{%(place)s} is nothing that can be filled") % {"place": place}
    )


def _told(person: Person, *, user: User, now: datetime) -> dict[Known, Told]:
    company = person.company.name if person.company else ""
    found = {
        Known.FIRST_NAME: Told(text=person.first_name, why=_("their name")),
        Known.COMPANY: Told(text=company, why=_("their company")),
    }
    for teller in tells:
        found |= teller.run(person, user, now)
    return found
