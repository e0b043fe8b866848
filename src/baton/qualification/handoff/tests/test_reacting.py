"""The facts of other modules set the handoffs going; imported ones ring no phone."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from baton.core.facts import Origin, Touch, care, origin, publish
from baton.core.settings.actions import arm
from baton.qualification.handoff import actions, tasks
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import Lane, State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.scoring import actions as scoring
from baton.qualification.scoring.tests.factories import a_visit_made, an_engagement_rule
from baton.records.people.actions import trash_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.events import ActivityLogged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
SUBSCRIBERS = "baton.qualification.handoff.subscribers."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def teo(north):
    rep = a_rep("Teo", team=north)
    a_default_pool(rep)
    an_agreement()
    return rep


def test_raised_hand_reaches_a_rep(run_background, teo):
    person = a_person()

    a_form_sent(person)
    run_background()

    handoff = Handoff.objects.get()
    assert (handoff.rep, handoff.lane, handoff.offered_at) == (teo, Lane.HAND_RAISE, AT)


def test_brief_of_a_raised_hand_counts_the_form_itself(run_background, teo):
    an_engagement_rule(points=30)
    person = a_person()

    a_form_sent(person)
    run_background()

    assert Handoff.objects.get().brief["score"]["score"] == 30
    person.refresh_from_db()
    assert person.score == 30


def test_passing_the_threshold_reaches_a_rep_once(run_background, teo):
    an_engagement_rule(points=40, fact="visit.made")
    person = a_person()

    a_visit_made(person)
    run_background()
    assert not Handoff.objects.exists()
    a_visit_made(person)
    a_visit_made(person)
    run_background()

    handoff = Handoff.objects.get()
    assert (handoff.lane, handoff.channel) == (Lane.SCORE, "search")
    person.refresh_from_db()
    assert person.stage == "mql"


@pytest.mark.parametrize("came_by", [Origin.IMPORT, Origin.DEMO, Origin.REPLAY])
def test_history_rings_no_phone(run_background, teo, came_by):
    an_engagement_rule(points=99, fact="visit.made")
    person = a_person()

    with origin(came_by):
        a_form_sent(person)
        a_visit_made(person)
    run_background()

    assert not Handoff.objects.exists()
    person.refresh_from_db()
    assert person.score == 99


def test_replay_of_the_subscribers_hands_nobody_off_twice(run_background, teo):
    person = a_person()
    a_form_sent(person)
    run_background()
    actions.reject_handoff(handoff=Handoff.objects.get(), reason="no_fit", by=teo, at=AT)

    for name in ("answer_raised_hand", "hand_off_by_score", "note_touch"):
        care.replay(SUBSCRIBERS + name)
    run_background()

    assert Handoff.objects.count() == 1


def test_time_alone_hands_nobody_off(run_background, teo, clock):
    an_engagement_rule(points=78, fact="visit.made", half_life_days=100)
    an_engagement_rule(
        name="Looked for a job",
        points=-10,
        fact="visit.made",
        match={"pages": "Jobs"},
        half_life_days=3,
    )
    person = a_person()
    a_visit_made(person, pages=["Jobs"])
    run_background()
    assert not Handoff.objects.exists()

    clock.move_to(AT + timedelta(days=3))
    scoring.refresh_faded(at=AT + timedelta(days=3))
    run_background()

    person.refresh_from_db()
    assert person.score == 71  # 76 of 78 are left, and 5 of the 10 against it
    assert not Handoff.objects.exists()


def test_logged_call_counts_as_an_attempt_and_a_talk_answers(run_background, teo):
    handoff = a_handoff()
    actions.accept_handoff(handoff=handoff, by=teo, at=AT)

    for touch in (Touch.ATTEMPT, Touch.FIRST_RESPONSE):
        with transaction.atomic():
            publish(
                ActivityLogged(
                    happened_at=AT,
                    person_id=handoff.person_id,
                    actor_id=teo.pk,
                    touch=touch,
                    activity_id=1,
                    kind="call",
                    outcome="x",
                )
            )
    run_background()

    handoff.refresh_from_db()
    assert (handoff.attempt_count, handoff.responded_at) == (1, AT)


def test_open_deal_settles_the_handoff(run_background, teo):
    handoff = a_handoff()
    actions.accept_handoff(handoff=handoff, by=teo, at=AT)

    move_person(person_id=handoff.person_id, to_stage="opportunity", at=AT, cause="deal.opened")
    run_background()

    handoff.refresh_from_db()
    assert handoff.state == State.QUALIFIED


def test_deleted_person_leaves_the_desk(run_background, teo, admin):
    handoff = a_handoff()

    trash_people(people_ids=[handoff.person_id], by=admin, at=AT)
    run_background()

    handoff.refresh_from_db()
    assert handoff.state == State.WITHDRAWN


def test_sweeper_passes_on_silence_and_wakes_rests(run_background, teo, clock):
    a_handoff()
    clock.move_to(AT + timedelta(hours=2))

    tasks.escalate_overdue.enqueue()
    tasks.end_rests.enqueue()
    run_background()

    assert Handoff.objects.get().rep is None


def test_restored_copy_rings_nobody_until_it_is_armed(run_background, teo, clock):
    a_handoff()
    arm(is_armed=False)
    clock.move_to(AT + timedelta(hours=2))

    tasks.escalate_overdue.enqueue()
    run_background()

    assert Handoff.objects.get().rep == teo


def test_whole_way_is_kept_in_the_history(run_background, teo):
    person = a_person()
    run_background()
    a_form_sent(person)
    run_background()
    actions.accept_handoff(handoff=Handoff.objects.get(), by=teo, at=AT)
    actions.confirm_need(person=person, need="A", impact="B", by=teo, at=AT)

    stages = Person.objects.get(pk=person.pk).stage_changes.order_by("place")
    assert list(stages.values_list("to_stage", flat=True)) == ["lead", "mql", "sal", "sql"]
