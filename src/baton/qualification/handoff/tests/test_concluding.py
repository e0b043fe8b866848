from datetime import date, timedelta

import pytest

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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


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


def facts(name):
    return [row.payload for row in FactRecord.objects.filter(name=name).order_by("pk")]


def stage(handoff):
    return Person.objects.get(pk=handoff.person_id).stage


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


@pytest.mark.parametrize("act", ["disqualify", "confirm_need"])
def test_verdict_on_a_handoff_that_is_closed_is_refused(accepted, teo, act):
    """A button pressed twice says nothing new about the person."""
    said = {
        "disqualify": {"reason": "no_need"},
        "confirm_need": {"need": "No gaps", "impact": "Lost two audits"},
    }
    meant = {"person": accepted.person, "handoff": accepted, "by": teo, "at": AT}
    actions.disqualify(reason="no_budget", **meant)

    with pytest.raises(AlreadyAnswered, match="Teo disqualified this lead at"):
        getattr(actions, act)(**said[act], **meant)

    assert [fact["reason"] for fact in facts("handoff.disqualified")] == ["no_budget"]
    assert stage(accepted) == "lead"


def test_deal_is_a_first_response_of_who_opened_it(accepted, ravi):
    at = AT + timedelta(minutes=10)

    actions.settle_by_deal(person_id=accepted.person_id, at=at, by_id=ravi.pk)

    accepted.refresh_from_db()
    assert accepted.responded_at == at
    answered = FactRecord.objects.get(name="handoff.answered")
    assert (answered.actor_id, answered.payload["is_late"]) == (ravi.pk, False)


def test_verdict_of_a_manager_is_their_response(accepted, admin):
    actions.confirm_need(person=accepted.person, need="A", impact="B", by=admin, at=AT)

    assert FactRecord.objects.get(name="handoff.answered").actor_id == admin.pk
