"""What people do in the stories: strangers on public pages, colleagues at their screens."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from baton.core.access.models import User
from baton.marketing.capture.tests.strangers import Stranger
from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Person
from baton.sales.deals.models import Deal, Stage
from tests.flows.house import ARRIVAL, House

READING = timedelta(seconds=40)
JONAS = {
    "name": "Jonas Weil",
    "email": "jonas.weil@corvid.example",
    "company": "Corvid Works",
    "title": "Head of energy",
    "heard": "A colleague at the fair",
}


def browse(house: House, clock: Any) -> Stranger:
    """Comes by the campaign, allows to be remembered, reads three pages."""
    stranger = Stranger()
    stranger.open(f"{house.welcome.public_path()}?{ARRIVAL}")
    clock.shift(READING)
    stranger.answer("yes")
    for page in (house.guide, house.demo):
        stranger.open(page)
        clock.shift(READING)
    return stranger


def ask_for_demo(house: House, clock: Any, answers: dict[str, str] = JONAS) -> Person:
    """Raises a hand after three pages; returns who that became."""
    sent = browse(house, clock).send(house.demo, answers)
    assert sent.status_code == 303, sent.content.decode()
    return Person.objects.get(emails__address=answers["email"])


def take_guide(house: House, clock: Any, answers: dict[str, str]) -> Person:
    """Asks for the guide, no more; remembers nothing."""
    stranger = Stranger()
    stranger.open(f"{house.guide.public_path()}?{ARRIVAL}")
    clock.shift(READING)
    sent = stranger.send(house.guide, answers)
    assert sent.status_code == 303, sent.content.decode()
    return Person.objects.get(emails__address=answers["email"])


class Desk:
    """One colleague's browser."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user, backend="baton.core.access.backends.PasswordBackend")

    def read(self, address: str, /, *args: Any, **query: str) -> str:
        """The screen's HTML."""
        answer = self.client.get(reverse(address, args=args), query)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer.content.decode()

    def press(self, address: str, /, *args: Any, query: str = "", **data: Any) -> str:
        """Send a form that is taken; returns where it leads."""
        answer = self.client.post(f"{reverse(address, args=args)}{query}", data)
        assert answer.status_code == 302, (
            f"{address}: {answer.status_code}\n{answer.content.decode()}"
        )
        return str(answer["Location"])

    def open_deal(self, person: Person, **over: str) -> Deal:
        """With an amount, a next step and a day for it."""
        first = Stage.objects.living().get(name="New")
        values = {
            "name": f"{person} meters",
            "amount": "12,500",
            "currency": "EUR",
            "stage": str(first.key),
            "owner": str(self.user.pk),
            "next_step": "Send the site plan",
            "next_step_on": "2026-03-09",
            **over,
        }
        self.press("deals:new", query=f"?person={person.key}", **values)
        return Deal.objects.get(person=person)

    def move(self, deal: Deal, stage: str) -> None:
        """To the stage of that name."""
        self.press("deals:move", deal.key, stage=str(Stage.objects.living().get(name=stage).key))


def handoff_of(person: Person) -> Handoff:
    """The latest one."""
    found = Handoff.objects.filter(person=person).order_by("-pk").first()
    assert found is not None
    return found


def key_in(address: str) -> UUID:
    """The record's key in an address of ours."""
    return UUID(address.rstrip("/").rpartition("/")[2])
