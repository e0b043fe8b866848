from datetime import date, timedelta

import pytest
from django.db import transaction

from baton.core.facts import Touch, publish
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import (
    AlreadyAnswered,
    BadVerdict,
    NotAccepted,
    NotYours,
)
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.qualification.lifecycle.models import StageChange
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


def test_confirmed_need_makes_the_sql_and_closes_the_handoff(accepted, teo):
    actions.confirm_need(
        person=accepted.person, need="No gaps", impact="Lost two audits", by=teo, at=AT
    )

    accepted.refresh_from_db()
    assert (accepted.state, accepted.closed_at, accepted.responded_at) == (State.QUALIFIED, AT, AT)
    assert stage(accepted) == "sql"
    assert facts("handoff.qualified") == [
        {"handoff_id": accepted.pk, "need": "No gaps", "impact": "Lost two audits"}
    ]


def test_need_of_somebody_whom_sales_found_needs_no_handoff(teo):
    person = a_person(origin="sales")

    handoff = actions.confirm_need(person=person, need="A", impact="B", by=teo, at=AT)

    person.refresh_from_db()
    assert (handoff, person.stage, person.owner) == (None, "sql", teo)
    stages = StageChange.objects.filter(person=person).values_list("to_stage", flat=True)
    assert list(stages) == ["sql"]


def test_confirming_what_was_offered_accepts_it_first(offered, teo):
    actions.confirm_need(person=offered.person, need="A", impact="B", by=teo, at=AT)

    rows = StageChange.objects.filter(person=offered.person).order_by("pk")
    assert list(rows.values_list("to_stage", flat=True)) == ["mql", "sal", "sql"]


@pytest.mark.parametrize(("need", "impact"), [("", "B"), ("A", "  ")])
def test_need_without_words_is_refused(accepted, teo, need, impact):
    with pytest.raises(BadVerdict):
        actions.confirm_need(person=accepted.person, need=need, impact=impact, by=teo, at=AT)


def test_second_press_says_that_it_is_done(accepted, teo):
    actions.confirm_need(person=accepted.person, need="A", impact="B", by=teo, at=AT)

    with pytest.raises(AlreadyAnswered):
        actions.confirm_need(person=accepted.person, need="A", impact="B", by=teo, at=AT)


def test_colleague_concludes_nothing(accepted, offered, ravi):
    with pytest.raises(NotYours):
        actions.confirm_need(person=accepted.person, need="A", impact="B", by=ravi, at=AT)
    with pytest.raises(NotYours):
        actions.disqualify(person=accepted.person, reason="no_need", by=ravi, at=AT)


def test_lead_in_the_queue_is_taken_before_it_is_concluded(teo):
    actions.ensure_pools(at=AT)
    handoff = a_handoff()

    with pytest.raises(NotAccepted):
        actions.disqualify(person=handoff.person, reason="no_need", by=teo, at=AT)


def test_disqualified_person_rests_and_keeps_the_rep(accepted, teo):
    actions.disqualify(person=accepted.person, reason="no_budget", note="2027", by=teo, at=AT)

    accepted.refresh_from_db()
    assert (accepted.state, accepted.verdict) == (State.DISQUALIFIED, "no_budget")
    assert stage(accepted) == "lead"
    rest = Rest.objects.get()
    assert (rest.until, rest.without, rest.return_to) == (AT + timedelta(days=90), None, None)
    assert Person.objects.get().owner == teo


def test_disqualified_until_a_day_returns_to_the_rep(accepted, teo):
    actions.disqualify(
        person=accepted.person,
        reason="bad_timing",
        revisit_on=date(2026, 9, 1),
        by=teo,
        at=AT,
    )

    assert Rest.objects.get().return_to == teo
    assert facts("handoff.disqualified")[0]["revisit_on"] == "2026-09-01"


def test_competitor_is_named(accepted, teo):
    with pytest.raises(BadVerdict, match="Name the competitor"):
        actions.disqualify(person=accepted.person, reason="competitor", by=teo, at=AT)

    actions.disqualify(
        person=accepted.person, reason="competitor", competitor="Thermalog", by=teo, at=AT
    )

    accepted.refresh_from_db()
    assert accepted.competitor == "Thermalog"


def test_no_fit_after_talking_is_for_good(accepted, teo):
    actions.disqualify(person=accepted.person, reason="no_fit", by=teo, at=AT)

    assert stage(accepted) == "other"
    assert not Rest.objects.exists()


def test_person_without_handoff_is_disqualified_too(teo):
    an_agreement({"recycle_days": 30})
    person = a_person(origin="sales", owner=teo)

    handoff = actions.disqualify(person=person, reason="no_need", by=teo, at=AT)

    assert handoff is None
    assert Rest.objects.get().until == AT + timedelta(days=30)
    assert facts("person.recycled")[0]["handoff_id"] is None


def test_open_deal_settles_what_is_owed(accepted):
    actions.settle_by_deal(person_id=accepted.person_id, at=AT + timedelta(hours=1))

    accepted.refresh_from_db()
    assert accepted.state == State.QUALIFIED


def test_deal_from_before_settles_nothing(accepted):
    actions.settle_by_deal(person_id=accepted.person_id, at=AT - timedelta(hours=1))

    accepted.refresh_from_db()
    assert accepted.state == State.ACCEPTED


def test_handoff_of_a_deleted_person_is_withdrawn(offered):
    actions.withdraw_handoffs(person_ids=[offered.person_id], at=AT)

    assert Handoff.objects.get().state == State.WITHDRAWN


def test_rest_that_is_over_is_scored_again(accepted, teo):
    actions.disqualify(person=accepted.person, reason="no_need", by=teo, at=AT)

    woken = actions.end_rests(at=AT + timedelta(days=90))

    assert woken == 1
    assert Handoff.objects.count() == 1  # no score, no handoff
