"""Four people and how it went with each: won, rejected, lost, and found by sales."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from baton.records.people.models import Person
from tests.flows.acts import JONAS, Desk, ask_for_demo, handoff_of, key_in, take_guide
from tests.flows.house import House

Settle = Callable[[], None]
DAY = timedelta(days=1)
CLARA = {
    "name": "Clara Moreau",
    "email": "clara@sable.example",
    "company": "Sable",
    "title": "Head of operations",
}
SVEN = {
    "name": "Sven Dahl",
    "email": "sven@ember.example",
    "company": "Ember",
    "title": "Head of energy",
}
OBJECTION = "Nobody may climb into our cabinets"
RIVAL = "Brightgrid"


def win_jonas(house: House, clock: Any, settle: Settle) -> Person:
    """Asked for a demo, bought for 12,000 ten days later."""
    person = ask_for_demo(house, clock, JONAS)
    settle()
    teo = Desk(house.teo)
    qualify(teo, person, clock, settle)
    deal = teo.open_deal(person)
    clock.shift(8 * DAY)
    teo.press("deals:win", deal.key, amount="12,000", reason="best_fit")
    settle()
    return fresh(person)


def reject_clara(house: House, clock: Any, settle: Settle) -> Person:
    """Passed the threshold by a guide; no fit."""
    person = take_guide(house, clock, CLARA)
    settle()
    handoff = handoff_of(person)
    assert handoff.rep
    Desk(handoff.rep).press("handoff:reject", handoff.key, reason="no_fit")
    settle()
    return fresh(person)


def lose_sven(house: House, clock: Any, settle: Settle) -> Person:
    """Asked for a demo, bought from somebody else."""
    person = ask_for_demo(house, clock, SVEN)
    settle()
    handoff = handoff_of(person)
    assert handoff.rep
    rep = Desk(handoff.rep)
    qualify(rep, person, clock, settle)
    deal = rep.open_deal(person)
    clock.shift(8 * DAY)
    rep.press("deals:lose", deal.key, reason="competitor", competitor=RIVAL, objection=OBJECTION)
    settle()
    return fresh(person)


def find_nils(house: House, clock: Any, settle: Settle) -> Person:
    """Found by Otto at a fair, sold to a day later."""
    otto = Desk(house.otto)
    made = otto.press("people:new", last_name="Aune", email="nils@torvik.example", origin="sales")
    person = Person.objects.get(key=key_in(made))
    otto.press("timeline:write", "person", person.key, kind="meeting", meeting_outcome="held")
    otto.press("handoff:person-need", person.key, need="Grants", impact="A year's budget")
    deal = otto.open_deal(person, amount="9,000")
    clock.shift(DAY)
    otto.press("deals:win", deal.key, amount="9,000", reason="price")
    settle()
    return fresh(person)


def qualify(rep: Desk, person: Person, clock: Any, settle: Settle) -> None:
    """Accept, talk, and a day later the need is known."""
    handoff = handoff_of(person)
    rep.press("handoff:accept", handoff.key)
    rep.press("handoff:contact", handoff.key, contact="call:conversation")
    settle()
    clock.shift(DAY)
    rep.press("handoff:need", handoff.key, need="Read 40 meters", impact="Two days a month")
    settle()


def fresh(person: Person) -> Person:
    """As it is now."""
    return Person.objects.get(pk=person.pk)
