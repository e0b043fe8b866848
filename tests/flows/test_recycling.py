"""A guide passes the threshold, the rep says no: back to nurture, then to somebody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from baton.core.facts.models import FactRecord
from baton.qualification.handoff import tasks
from baton.qualification.handoff.models import Handoff, Rest
from baton.records.people.models import Person
from tests.flows.acts import Desk, ask_for_demo, handoff_of, take_guide
from tests.flows.house import RECYCLE_DAYS

pytestmark = pytest.mark.django_db
CLARA = {
    "name": "Clara Moreau",
    "email": "clara@sable.example",
    "company": "Sable",
    "title": "Head of operations",
}
WAIT = timedelta(days=RECYCLE_DAYS)


@pytest.fixture(scope="module")
def scored(story):
    """Past the threshold, once for all tests here."""
    person = take_guide(story.house, story.clock, CLARA)
    story.settle()
    return person


@pytest.fixture
def clara(house, scored):
    return Person.objects.get(pk=scored.pk)


@pytest.fixture
def rejected(house, clara, clock, settle):
    """Teo says at noon that they do not fit."""
    clock.shift(timedelta(hours=9))
    Desk(house.teo).press(
        "handoff:reject", handoff_of(clara).key, reason="no_fit", note="Too small"
    )
    settle()
    return handoff_of(clara)


def stage_of(person):
    return Person.objects.get(pk=person.pk).stage


def test_guide_and_fit_together_pass_the_threshold(house, clara):
    handoff = handoff_of(clara)

    assert (handoff.lane, handoff.rep, handoff.brief["score"]["score"]) == (
        "score",
        house.teo,
        75,
    )
    assert stage_of(clara) == "mql"


def test_guide_alone_passes_nothing(house, clock, settle):
    student = {"name": "Ida Roth", "email": "ida@roth.example", "company": "", "title": "Student"}
    person = take_guide(house, clock, student)
    settle()

    assert not Handoff.objects.filter(person=person).exists()
    assert stage_of(person) == "lead"


def test_rejected_person_is_a_resting_lead_with_the_reason_kept(rejected, clara, house):
    rest = Rest.objects.get(person=clara)

    assert (rejected.state, rejected.verdict, rejected.verdict_note) == (
        "rejected",
        "no_fit",
        "Too small",
    )
    assert stage_of(clara) == "lead"
    assert (rest.without, rest.until) == (house.teo, timezone.now() + WAIT)
    assert "No fit" in Desk(house.mara).read("people:person", clara.key)


def test_more_points_do_not_end_a_rest(rejected, clara, house, clock, settle):
    clock.shift(WAIT - timedelta(days=1))
    take_guide(house, clock, CLARA)
    settle()
    tasks.end_rests.call()

    assert handoff_of(clara) == rejected
    assert stage_of(clara) == "lead"


def test_after_the_rest_somebody_else_is_asked(rejected, clara, house, clock, settle):
    clock.shift(WAIT - timedelta(days=1))
    take_guide(house, clock, CLARA)
    settle()
    clock.shift(timedelta(days=1, minutes=1))
    tasks.end_rests.call()
    settle()

    again = handoff_of(clara)
    assert (again.rep, again.state, again.lane) == (house.otto, "offered", "score")
    decision = again.offers.get().decision
    assert {one["name"]: one["why"] for one in decision["members"]} == {
        "Teo": "left_out",
        "Otto": "free",
    }
    assert stage_of(clara) == "mql"


def test_after_the_rest_a_faded_score_asks_nobody(rejected, clara, clock, settle):
    clock.shift(WAIT + timedelta(minutes=1))
    tasks.end_rests.call()
    settle()

    assert handoff_of(clara) == rejected
    assert not Rest.objects.filter(ended_at=None).exists()


def test_raised_hand_ends_a_rest_but_does_not_go_back_to_who_said_no(
    rejected, clara, house, clock, settle
):
    clock.shift(timedelta(days=2))
    assert ask_for_demo(house, clock, CLARA) == clara
    settle()

    assert (handoff_of(clara).lane, handoff_of(clara).rep) == ("hand_raise", house.otto)
    assert FactRecord.objects.filter(name="mql.reached", person_id=clara.pk).count() == 2
