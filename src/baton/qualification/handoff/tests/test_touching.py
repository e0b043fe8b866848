from datetime import timedelta

import pytest
from django.db import transaction

from baton.core.facts import Touch, publish
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.rules import Lane, State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.events import ActivityLogged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
TALK, TRY = Touch.FIRST_RESPONSE, Touch.ATTEMPT


@pytest.fixture
def teo(north):
    return a_rep("Teo", team=north)


@pytest.fixture
def ravi(north):
    return a_rep("Ravi", team=north)


@pytest.fixture
def offered(teo):
    a_default_pool(teo)
    return a_handoff()


@pytest.fixture
def accepted(offered, teo):
    return actions.accept_handoff(handoff=offered, by=teo, at=AT)


def a_touch(handoff, touch, *, by, minutes=5):
    """A logged call with the person of the handoff, heard of by the handoffs."""
    with transaction.atomic():
        fact = publish(
            ActivityLogged(
                happened_at=AT + timedelta(minutes=minutes),
                person_id=handoff.person_id,
                actor_id=by.pk,
                touch=touch,
                activity_id=1,
                kind="call",
                outcome="x",
            )
        )
    actions.note_touch(fact=fact)
    handoff.refresh_from_db()
    return fact


def facts(name):
    return [row.payload for row in FactRecord.objects.filter(name=name).order_by("pk")]


def stage(handoff):
    return Person.objects.get(pk=handoff.person_id).stage


def test_attempt_counts_and_neither_accepts_nor_stops_a_clock(offered, teo):
    a_touch(offered, TRY, by=teo)

    assert (offered.state, offered.attempt_count, offered.responded_at) == (
        State.OFFERED,
        1,
        None,
    )


def test_same_attempt_heard_of_twice_counts_once(accepted, teo):
    fact = a_touch(accepted, TRY, by=teo)

    actions.note_touch(fact=fact)

    accepted.refresh_from_db()
    assert accepted.attempt_count == 1


def test_first_response_stops_the_clock_once(accepted, teo):
    a_touch(accepted, TALK, by=teo, minutes=12)
    a_touch(accepted, TALK, by=teo, minutes=25)

    assert accepted.responded_at == AT + timedelta(minutes=12)
    assert facts("handoff.answered") == [{"handoff_id": accepted.pk, "is_late": False}]
    assert accepted.state == State.ACCEPTED


def test_late_first_response_is_kept_as_late(accepted, teo):
    a_touch(accepted, TALK, by=teo, minutes=31)

    assert facts("handoff.answered")[0]["is_late"] is True


def test_colleague_may_make_the_first_response_of_an_accepted_lead(accepted, ravi):
    a_touch(accepted, TALK, by=ravi)

    assert accepted.responded_at is not None


def test_first_response_by_who_was_asked_accepts_too(offered, teo):
    a_touch(offered, TALK, by=teo, minutes=7)

    assert (offered.state, offered.rep) == (State.ACCEPTED, teo)
    assert offered.responded_at == AT + timedelta(minutes=7)


def test_talk_of_somebody_else_takes_no_lead(offered, ravi):
    a_touch(offered, TALK, by=ravi)

    assert (offered.state, offered.responded_at) == (State.OFFERED, None)


def test_touches_from_before_the_handoff_are_none_of_it(accepted, teo):
    a_touch(accepted, TALK, by=teo, minutes=-60)
    a_touch(accepted, TRY, by=teo, minutes=-60)

    assert (accepted.responded_at, accepted.attempt_count) == (None, 0)


def test_used_up_attempts_make_unreachable_and_recycle_without_the_rep(accepted, teo, ravi):
    for number in range(5):
        a_touch(accepted, TRY, by=teo, minutes=number)

    assert (accepted.state, accepted.attempt_count) == (State.UNREACHABLE, 5)
    assert facts("handoff.unreachable") == [{"handoff_id": accepted.pk, "rep_id": teo.pk}]
    assert stage(accepted) == "lead"
    person = Person.objects.get()
    assert (person.owner, Rest.objects.get().without) == (None, teo)
    a_default_pool(ravi)
    assert a_handoff(person=person, at=AT + timedelta(hours=1)).rep == ravi


def test_attempts_after_a_talk_make_nobody_unreachable(accepted, teo):
    a_touch(accepted, TALK, by=teo)
    for number in range(6):
        a_touch(accepted, TRY, by=teo, minutes=10 + number)

    assert accepted.state == State.ACCEPTED


def test_raised_hand_shortens_the_clock_of_the_first_response():
    teo, person = a_rep("Teo"), a_person()
    a_default_pool(teo)
    handoff = a_handoff(person=person)
    Handoff.objects.update(lane=Lane.SCORE)
    taken = actions.accept_handoff(handoff=handoff, by=teo, at=AT)
    hours = timedelta(hours=1)

    a_handoff(person=person, at=AT + hours)

    handoff.refresh_from_db()
    assert taken.respond_due_at == AT + 4 * hours
    assert (handoff.lane, handoff.respond_due_at) == (Lane.HAND_RAISE, AT + 1.5 * hours)
