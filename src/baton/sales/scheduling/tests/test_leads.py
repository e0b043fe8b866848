"""Who raised a hand books with who was asked: taken and answered at once, whoever has them now."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from baton.core.facts.models import FactRecord
from baton.core.steps import next_steps
from baton.qualification.handoff.actions import accept_handoff, give_to, reject_handoff
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tests.factories import (
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.records.people.tests.factories import a_person
from baton.sales.scheduling import actions
from baton.sales.scheduling.actions import MovedOn, TooMany
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.tests.factories import AT, TUESDAY, a_booking, a_page
from baton.sales.scheduling.tokens import seal_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
SOON = timedelta(minutes=5)
SAID = {"phone": "+47 22 33 44 55", "note": "Grants"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def teo():
    return a_rep("Teo")


@pytest.fixture
def ravi():
    return a_rep("Ravi")


@pytest.fixture
def handoff(teo):
    a_default_pool(teo)
    return a_handoff()


@pytest.fixture
def link(handoff):
    return reverse("scheduling:lead", args=[seal_lead(handoff.person)])


def the_form(client, link, clock, at="20260303T0900Z"):
    text = client.get(f"{link}?at={at}&zone=UTC").content.decode()
    clock.shift(timedelta(seconds=30))
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def test_booking_takes_and_answers_the_lead_once(client, teo, handoff, link, clock, run_background):
    a_page(teo)
    fields = {**the_form(client, link, clock), **SAID}

    first, second = (client.post(link, fields) for _ in range(2))
    run_background()

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    booking, lead = Booking.objects.get(), Handoff.objects.get()
    assert (booking.handoff, booking.rep, booking.person) == (lead, teo, lead.person)
    assert (lead.state, lead.rep, lead.is_late) == ("accepted", teo, False)
    assert lead.responded_at == AT + timedelta(seconds=30)
    names = list(FactRecord.objects.values_list("name", flat=True))
    assert [names.count(one) for one in ("handoff.accepted", "handoff.answered")] == [1, 1]
    lead.person.refresh_from_db()
    assert (lead.person.owner, lead.person.stage) == (teo, "sal")
    assert booking.email == lead.person.emails.get().address


def test_page_tells_nothing_of_the_person(client, teo, handoff, link):
    a_page(teo)

    text = client.get(f"{link}?at=20260303T0900Z").content.decode()

    assert handoff.person.full_name not in text
    assert handoff.person.emails.get().address not in text


def test_lead_that_moved_on_is_offered_the_present_reps_times(
    client, teo, ravi, handoff, link, clock
):
    page = a_page(teo)
    a_page(ravi)
    fields = the_form(client, link, clock)
    give_to(handoff=handoff, rep=ravi, by=teo, at=AT + SOON)

    with pytest.raises(MovedOn):
        a_booking(page, lead=handoff.person, at=AT + SOON)
    text = client.get(link).content.decode()
    answer = client.post(link, {**fields, **SAID})

    assert "Meet Ravi" in text
    assert answer.status_code == 303
    assert Booking.objects.get().rep == ravi
    lead = Handoff.objects.get()
    assert (lead.state, lead.rep) == ("accepted", ravi)


def test_lead_that_was_taken_meanwhile_is_answered(client, teo, handoff, link, clock):
    a_page(teo)
    accept_handoff(handoff=handoff, by=teo, at=AT + SOON)

    client.post(link, {**the_form(client, link, clock), **SAID})

    assert Handoff.objects.get().responded_at == AT + timedelta(seconds=30)
    assert Booking.objects.get().handoff == handoff


def test_lead_whose_rep_has_no_page_or_who_was_turned_down_is_told(client, teo, handoff, link):
    assert "Teo has your request" in client.get(link).content.decode()
    a_page(teo)
    reject_handoff(handoff=handoff, reason="no_fit", by=teo, at=AT + SOON)

    assert "Look again" in client.get(link).content.decode()


def test_second_meeting_of_one_lead_is_none(client, teo, handoff, link):
    a_page(teo)
    handoff.refresh_from_db()
    a_booking(teo.booking_pages.get(), lead=handoff.person)

    assert "You have a meeting with us already" in client.get(link).content.decode()


def test_second_meeting_of_one_lead_is_none_when_two_pages_were_open(teo, handoff):
    """Both forms were shown before either came back; who is second is told under the lock."""
    page = a_page(teo)
    a_booking(page, lead=handoff.person)

    with pytest.raises(TooMany, match="You have a meeting with us already"):
        a_booking(page, lead=handoff.person, start=TUESDAY + timedelta(hours=1))

    assert Booking.objects.count() == 1


def test_open_link_of_the_rep_who_is_asked_answers_the_lead_too(teo, handoff):
    mail = handoff.person.emails.get().address

    booking = a_booking(a_page(teo), email=mail)

    assert booking.handoff == handoff
    assert Handoff.objects.get().state == "accepted"


def test_open_link_of_somebody_else_takes_no_lead(ravi, handoff):
    mail = handoff.person.emails.get().address

    booking = a_booking(a_page(ravi), email=mail)

    lead = Handoff.objects.get()
    assert booking.handoff is None
    assert (lead.state, lead.responded_at) == ("offered", None)


def test_refused_booking_leaves_the_lead_as_it_was(teo, handoff):
    page = a_page(teo)
    a_booking(page)

    with pytest.raises(actions.Taken):
        a_booking(page, lead=handoff.person, start=TUESDAY)

    assert Handoff.objects.get().state == "offered"
    assert FactRecord.objects.filter(name="handoff.accepted").count() == 0


def test_thank_you_page_is_handed_a_way_on_for_raised_hands_only(teo):
    an_agreement()
    step = next_steps.find("meeting")
    person = a_person()
    assert step
    assert step.offer(person.pk, "request-demo") is None
    a_page(teo)

    way = step.offer(person.pk, "request-demo")

    assert way
    assert Client().get(way.url).status_code == 200
    assert step.offer(person.pk, "newsletter") is None
    assert step.offer(0, "request-demo") is None
