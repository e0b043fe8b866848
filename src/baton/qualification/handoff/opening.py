"""The sentence with which a rep can open the call, by what the person did last, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.models import User
from baton.core.settings.queries import organisation_zone
from baton.core.ui.formats import day_words
from baton.qualification.handoff.queries.briefs import latest_form, source_of
from baton.qualification.handoff.queries.desk import Read, pages_read
from baton.qualification.handoff.queries.learnt import latest_talk
from baton.records.audience.models import Persona
from baton.records.audience.rules import Known, Opener, opener_of, quoted
from baton.records.audience.slots import Told
from baton.records.material.queries import was_sent
from baton.records.people.models import Person
from baton.records.people.queries import campaigns_called

USUAL = (
    gettext_lazy("You wrote: “{words}” What made you ask just now?"),
    gettext_lazy("We last spoke on {talk}. What has changed since?"),
    gettext_lazy("You looked at “{page}”. What did you hope to find there?"),
    gettext_lazy("I sent you “{material}”. What of it was new to you?"),
    gettext_lazy("You came to us by “{campaign}”. What in it was about you?"),
    gettext_lazy("What are you working on at {company} that made you look at us?"),
    gettext_lazy("What made you look at us just now?"),
)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """``why``: the facts that stand in it, in words."""

    opener: Opener
    why: list[str]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the lead has read already."""

    forms: Sequence[Mapping[str, Any]]
    reads: Sequence[Read]
    campaign: str


def opening_for(
    person: Person, facts: Facts, *, user: User, persona: Persona | None, now: datetime
) -> Opening | None:
    """Two queries besides what the lead has read already."""
    told = _told(person, facts, user=user, now=now)
    known: dict[str, str] = {place: one.text for place, one in told.items()}
    sentences = persona.sentences if persona else []
    opener = opener_of(sentences, [str(one) for one in USUAL], known)
    if opener is None:
        return None
    why = [*_whose(opener, persona), *(told[one].why for one in opener.used)]
    return Opening(opener=opener, why=why)


def known_now(person: Person, user: User, now: datetime) -> Mapping[Known, Told]:
    """What could be said if they were handed over now."""
    source = source_of(person, form=None).campaign
    facts = Facts(
        forms=[form_told(one) for one in latest_form(person)],
        reads=pages_read(person),
        campaign=campaigns_called([source]).get(source, ""),
    )
    return _told(person, facts, user=user, now=now)


def form_told(told: Mapping[str, Any]) -> dict[str, Any]:
    """A form of a brief, with its moment."""
    return {**told, "at": parse_datetime(told["at"]) if told.get("at") else None}


def _told(person: Person, facts: Facts, *, user: User, now: datetime) -> dict[Known, Told]:
    zone = organisation_zone()
    today = now.astimezone(zone).date()
    talk, sent = latest_talk(person, by=user), was_sent(person, user=user, most=1)
    form = next(iter(facts.forms), None)
    words = next((one["value"] for one in form["words"] if one["is_long"]), "") if form else ""
    known: dict[Known, str] = {
        Known.FIRST_NAME: person.first_name,
        Known.COMPANY: person.company.name if person.company else "",
        Known.WORDS: quoted(words),
        Known.PAGE: facts.reads[0].title if facts.reads else "",
        Known.CAMPAIGN: facts.campaign,
        Known.MATERIAL: sent[0].use.title if sent else "",
        Known.TALK: date_format(talk.at.astimezone(zone), "l j F") if talk else "",  # "on {talk}"
    }
    when = {
        Known.WORDS: form["at"] if form else None,
        Known.PAGE: facts.reads[0].latest_at if facts.reads else None,
        Known.MATERIAL: sent[0].use.at if sent else None,
    }
    days = {
        one: day_words(at.astimezone(zone).date(), today=today, is_inside=True)
        for one, at in when.items()
        if at
    }
    return {
        place: Told(text=text, why=_fact(place, days.get(place, "")))
        for place, text in known.items()
    }


def _whose(opener: Opener, persona: Persona | None) -> Iterator[str]:
    if not opener.is_usual and persona:
        yield _("approved by marketing for %(persona)s") % {"persona": persona.name}
    elif persona:
        yield _("no approved sentence for %(persona)s can be filled") % {"persona": persona.name}
    else:
        yield _("no persona yet")


def _fact(known: Known, day: str) -> str:
    words = {
        Known.FIRST_NAME: _("their name"),
        Known.COMPANY: _("their company"),
        Known.WORDS: _("their form, %(day)s"),
        Known.PAGE: _("the page they read last, %(day)s"),
        Known.CAMPAIGN: _("the campaign that brought them"),
        Known.MATERIAL: _("the material they were sent last, %(day)s"),
        Known.TALK: _("the last talk"),
    }[known]
    return (words % {"day": day}).rstrip(", ")
