"""Two reach for the same lead, or merge the same two people, in the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection

from baton.core.facts.models import FactRecord
from baton.marketing.capture.models import Submission
from baton.marketing.capture.tests.strangers import Stranger
from baton.qualification.handoff.actions import set_availability
from baton.qualification.handoff.models import Handoff
from baton.records.people.actions import MergedAlready, merge_people
from baton.records.people.models import EmailAddress, Person
from baton.records.people.tests.factories import a_person
from tests.flows.acts import JONAS, READING, Desk, ask_for_demo, handoff_of
from tests.flows.conftest import settle_all
from tests.flows.house import BEGIN, build_house


@pytest.fixture
def clock():
    with time_machine.travel(BEGIN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(transactional_db, clock):
    return build_house()


@pytest.fixture
def queued(house, clock, run_background):
    """Nobody was at work when the hand was raised; now all are back."""
    reps = (house.teo, house.nora, house.otto)
    for rep in reps:
        set_availability(user=rep, is_available=False, by=None, at=BEGIN)
    person = ask_for_demo(house, clock)
    settle_all()
    for rep in reps:
        set_availability(user=rep, is_available=True, by=None, at=BEGIN)
    return handoff_of(person)


def until_not_busy(ask):
    """As a browser does that is told to come again: an in-memory database cannot wait."""
    try:
        while (answer := ask()).status_code == 503:
            pass
        return answer
    finally:
        connection.close()


def test_two_who_take_it_at_once_are_one(house, queued):
    assert queued.pool
    assert queued.pool.is_catch_all
    desks = [Desk(house.nora), Desk(house.otto)]

    def take(desk):
        path = f"/leads/{queued.key}/accept/"
        return until_not_busy(lambda: desk.client.post(path, follow=True))

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(take, desks))

    taken = Handoff.objects.get(pk=queued.pk)
    assert (taken.state, taken.rep in {house.nora, house.otto}) == ("accepted", True)
    [(lost, answer)] = [
        (desk, answer)
        for desk, answer in zip(desks, answers, strict=True)
        if desk.user != taken.rep
    ]
    assert f"{taken.rep} accepted this lead" in answer.content.decode(), lost.user
    assert FactRecord.objects.filter(name="handoff.accepted").count() == 1
    assert Person.objects.get(pk=taken.person_id).owner == taken.rep


def test_hand_raised_ten_times_in_one_second_is_one_lead(house, clock, run_background):
    """Five browsers, each of which sends twice what it shows."""
    browsers = [Stranger() for _each in range(5)]
    for browser in browsers:
        browser.open(house.demo)
    clock.shift(READING)

    def send(browser):
        return until_not_busy(lambda: browser.send(house.demo, JONAS)).status_code

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(send, browsers * 2))
    settle_all()

    assert set(statuses) == {303}
    person = Person.objects.get(emails__address=JONAS["email"])
    assert Submission.objects.filter(person=person).count() == len(browsers)
    lead = Handoff.objects.get()
    assert (lead.person, lead.offers.count(), lead.round) == (person, 1, 1)
    assert FactRecord.objects.filter(name="mql.reached").count() == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writes at a time there")
def test_two_merges_of_the_same_two_in_a_circle_are_one(house):
    one, other = a_person(), a_person()

    def merge(pair):
        kept, merged = pair
        try:
            merge_people(kept=kept, merged=[merged], by=house.nora, at=BEGIN)
        except MergedAlready:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(merge, [(one, other), (other, one)]))

    living = Person.objects.living().get(pk__in=[one.pk, other.pk])
    assert sorted(done) == [False, True]
    assert EmailAddress.objects.filter(person=living).count() == 2
