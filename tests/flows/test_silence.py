"""Nobody answers: the lead goes on, from one to the next and at last to the queue."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from baton.core.facts.models import FactRecord
from baton.qualification.handoff import tasks
from baton.qualification.handoff.models import Handoff, Offer
from baton.records.people.models import Person
from tests.flows.acts import Desk, ask_for_demo, handoff_of

MINUTE = timedelta(minutes=1)
TEO_IS_LATE = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)  # 15 minutes and as much grace into his day


@pytest.fixture
def jonas(house, clock, settle):
    person = ask_for_demo(house, clock)
    settle()
    return person


@pytest.fixture
def sweep(settle):
    """What the timer does each minute."""

    def look():
        tasks.escalate_overdue.call()
        settle()

    return look


@pytest.fixture
def queued(jonas, clock, sweep):
    """Nobody has answered for a day and a half."""
    for _hour in range(36):
        clock.shift(timedelta(hours=1))
        sweep()
    return handoff_of(jonas)


@pytest.mark.django_db
def test_nobody_is_passed_over_before_clock_and_grace_have_run_out(house, jonas, clock, sweep):
    clock.move_to(TEO_IS_LATE - MINUTE)
    sweep()

    assert handoff_of(jonas).rep == house.teo


@pytest.mark.django_db
def test_silence_asks_the_next_one_and_closes_the_door_to_the_first(house, jonas, clock, sweep):
    clock.move_to(TEO_IS_LATE)
    sweep()
    sweep()

    assert (handoff_of(jonas).rep, handoff_of(jonas).round) == (house.otto, 2)
    assert list(Offer.objects.order_by("round").values_list("rep__name", "outcome")) == [
        ("Teo", "silence"),
        ("Otto", ""),
    ]
    assert not Person.objects.visible_to(house.teo).filter(pk=jonas.pk).exists()
    assert Person.objects.visible_to(house.otto).filter(pk=jonas.pk).exists()
    assert FactRecord.objects.filter(name="handoff.escalated").count() == 1


@pytest.mark.django_db
def test_who_comes_too_late_reads_who_has_it(house, jonas, clock, sweep):
    key = handoff_of(jonas).key
    clock.move_to(TEO_IS_LATE)
    sweep()
    Desk(house.otto).press("handoff:accept", key)

    teo = Desk(house.teo).client
    answer = teo.post(f"/leads/{key}/accept/", follow=True)

    assert answer.status_code == 200
    assert "Otto accepted this lead at 15:30." in answer.content.decode()
    assert handoff_of(jonas).rep == house.otto


@pytest.mark.django_db
def test_after_three_rounds_the_queue_has_it(house, queued):
    asked = list(Offer.objects.order_by("round").values_list("rep__name", flat=True))

    assert asked == ["Teo", "Otto", "Nora", None]
    assert (queued.rep, queued.state, queued.pool.is_catch_all) == (None, "offered", True)
    assert queued.escalates_at is None


@pytest.mark.django_db
def test_lead_in_the_queue_is_taken_late_and_the_lateness_is_kept(house, queued, clock):
    clock.shift(timedelta(hours=12))

    Desk(house.nora).press("handoff:accept", queued.key)

    taken = Handoff.objects.get(pk=queued.pk)
    assert (taken.rep, taken.state, taken.is_late) == (house.nora, "accepted", True)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_at_once_are_one(house, queued):
    desks = [Desk(house.nora), Desk(house.otto)]

    def take(desk):
        try:
            return desk.client.post(f"/leads/{queued.key}/accept/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(take, desks))

    taken = Handoff.objects.get(pk=queued.pk)
    assert (taken.state, taken.rep in {house.nora, house.otto}) == ("accepted", True)
    assert statuses.count(302) in {1, 2}, statuses
    assert FactRecord.objects.filter(name="handoff.accepted").count() == 1
    assert Person.objects.get(pk=taken.person_id).owner == taken.rep
