"""Nobody answers: the lead goes on, from one to the next and at last to the queue."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.core.facts.models import FactRecord
from baton.qualification.handoff import tasks
from baton.qualification.handoff.models import Handoff, Offer
from baton.records.people.models import Person
from tests.flows.acts import Desk, ask_for_demo, handoff_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
TEO_IS_LATE = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)  # 15 minutes and as much grace into his day


@pytest.fixture(scope="module")
def asked(story):
    person = ask_for_demo(story.house, story.clock)
    story.settle()
    return person


@pytest.fixture
def jonas(house, asked):
    return Person.objects.get(pk=asked.pk)


@pytest.fixture
def sweep(settle):
    """What the timer does each minute."""

    def look():
        tasks.escalate_overdue.call()
        settle()

    return look


def let_pass(clock, sweep):
    """A day and a half without an answer."""
    for _hour in range(36):
        clock.shift(timedelta(hours=1))
        sweep()


def test_nobody_is_passed_over_before_clock_and_grace_have_run_out(house, jonas, clock, sweep):
    clock.move_to(TEO_IS_LATE - MINUTE)
    sweep()

    assert handoff_of(jonas).rep == house.teo


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


def test_after_three_rounds_the_queue_has_it_and_its_lateness_is_kept(house, jonas, clock, sweep):
    let_pass(clock, sweep)

    queued = handoff_of(jonas)
    asked = list(Offer.objects.order_by("round").values_list("rep__name", flat=True))

    assert asked == ["Teo", "Otto", "Nora", None]
    assert queued.pool
    assert (queued.rep, queued.state, queued.pool.is_catch_all) == (None, "offered", True)
    assert queued.escalates_at is None

    clock.shift(timedelta(hours=12))

    Desk(house.nora).press("handoff:accept", queued.key)

    taken = Handoff.objects.get(pk=queued.pk)
    assert (taken.rep, taken.state, taken.is_late) == (house.nora, "accepted", True)
