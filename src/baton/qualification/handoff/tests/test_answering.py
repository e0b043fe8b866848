from datetime import date, timedelta

import pytest

from baton.core.access.actions import create_user, edit_user
from baton.core.access.models import Share
from baton.core.access.roles import Role
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import (
    AlreadyAnswered,
    BadVerdict,
    NotYours,
    escalating,
    offering,
)
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.rules import Lane, State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LATER = AT + timedelta(minutes=10)


@pytest.fixture
def teo(north):
    return a_rep("Teo", team=north)


@pytest.fixture
def ravi(north):
    return a_rep("Ravi", team=north)


@pytest.fixture
def offered(teo, ravi):
    """A raised hand with Teo; Ravi is the other one in the pool."""
    a_default_pool(teo)
    handoff = a_handoff()
    a_default_pool(ravi)
    return handoff


def facts(name):
    return [row.payload for row in FactRecord.objects.filter(name=name).order_by("pk")]


def stages(person_id):
    rows = StageChange.objects.filter(person_id=person_id).order_by("at", "pk")
    return list(rows.values_list("to_stage", flat=True))


def test_accepting_makes_the_sal_and_starts_the_response_clock(offered, teo):
    handoff = actions.accept_handoff(handoff=offered, by=teo, at=LATER)

    assert (handoff.state, handoff.answered_at, handoff.is_late) == (State.ACCEPTED, LATER, False)
    assert handoff.respond_due_at == LATER + timedelta(minutes=30)
    assert handoff.attempt_due_at == AT.replace(day=16, hour=16)
    person = Person.objects.get(pk=offered.person_id)
    assert (person.owner, person.stage) == (teo, "sal")
    assert not Share.objects.exists()
    assert facts("handoff.accepted") == [
        {"handoff_id": handoff.pk, "rep_id": teo.pk, "is_late": False}
    ]
    assert handoff.offers.get().outcome == "accepted"


def test_late_acceptance_counts_and_is_kept(offered, teo):
    handoff = actions.accept_handoff(handoff=offered, by=teo, at=AT + timedelta(minutes=16))

    assert handoff.is_late
    assert facts("handoff.accepted")[0]["is_late"] is True


def test_accepting_twice_does_it_once(offered, teo):
    actions.accept_handoff(handoff=offered, by=teo, at=LATER)
    again = actions.accept_handoff(handoff=offered, by=teo, at=LATER + timedelta(minutes=1))

    assert again.answered_at == LATER
    assert len(facts("handoff.accepted")) == 1


def test_one_of_two_in_the_queue_wins_and_the_other_reads_who(teo, ravi):
    actions.ensure_pools(at=AT)
    stale = a_handoff()

    actions.accept_handoff(handoff=stale, by=ravi, at=LATER)
    with pytest.raises(AlreadyAnswered, match="Ravi accepted this lead at 10:10"):
        actions.accept_handoff(handoff=stale, by=teo, at=LATER)

    assert Handoff.objects.get().rep == ravi
    assert Person.objects.get().owner == ravi


def test_colleague_cannot_answer_what_was_offered_to_another(offered, ravi):
    with pytest.raises(NotYours, match="This lead is with Teo since 10:00"):
        actions.accept_handoff(handoff=offered, by=ravi, at=LATER)
    with pytest.raises(NotYours):
        actions.reject_handoff(handoff=offered, reason="no_fit", by=ravi, at=LATER)

    assert Handoff.objects.get().state == State.OFFERED


def test_manager_of_the_team_may_take_it(offered, north):
    nora = create_user(name="Nora", role=Role.SALES_MANAGER, team=north)

    handoff = actions.accept_handoff(handoff=offered, by=nora, at=LATER)

    assert handoff.rep == nora


def test_rejected_person_rests_and_is_routed_anew_without_that_rep(offered, teo, ravi):
    handoff = actions.reject_handoff(
        handoff=offered, reason="no_fit", note="Too small", by=teo, at=LATER
    )

    assert (handoff.state, handoff.closed_at) == (State.REJECTED, LATER)
    assert (handoff.verdict, handoff.verdict_note) == ("no_fit", "Too small")
    rest = Rest.objects.get()
    assert (rest.without, rest.return_to, rest.until) == (teo, None, LATER + timedelta(days=90))
    assert stages(handoff.person_id) == ["mql", "lead"]
    assert not Share.objects.exists()
    assert len(facts("person.recycled")) == 1

    again = a_handoff(person=handoff.person, at=AT + timedelta(days=100))
    assert again.rep == ravi
    assert again.offers.get().decision["tried"][0] == {"rule": "recycle", "why": "none", "name": ""}


def test_owner_who_rejects_is_left_out_and_owns_no_more(teo, ravi):
    a_default_pool(ravi)
    person = a_handoff(rep=ravi).person
    actions.accept_handoff(handoff=Handoff.objects.get(), by=ravi, at=AT)
    Handoff.objects.update(state=State.QUALIFIED, closed_at=AT)
    second = a_handoff(person=person, at=LATER)
    a_default_pool(teo)

    actions.reject_handoff(handoff=second, reason="no_fit", by=ravi, at=LATER)

    person.refresh_from_db()
    assert person.owner is None
    assert a_handoff(person=person, at=AT + timedelta(days=1)).rep == teo


def test_bad_timing_with_a_day_returns_to_the_same_rep(offered, teo):
    actions.reject_handoff(
        handoff=offered, reason="bad_timing", revisit_on=date(2026, 6, 1), by=teo, at=LATER
    )

    rest = Rest.objects.get()
    assert (rest.return_to, rest.without) == (teo, None)
    assert rest.until == AT.replace(month=5, day=31, hour=22)  # midnight in Berlin

    early = actions.end_rests(at=rest.until - timedelta(minutes=1))
    woken = actions.end_rests(at=rest.until)
    again = actions.end_rests(at=rest.until)

    assert (early, woken, again) == (0, 1, 0)
    handoff = Handoff.objects.latest("pk")
    assert (handoff.lane, handoff.rep) == (Lane.REVISIT, teo)
    assert handoff.offers.get().decision["rule"] == "recycle"
    # A Monday: the clock waits for nine o'clock.
    assert handoff.accept_due_at == AT.replace(month=6, day=1, hour=8)


@pytest.mark.parametrize("reason", ["duplicate", "existing_customer", "not_a_buyer", "opted_out"])
def test_who_will_never_buy_goes_to_other_and_does_not_rest(offered, teo, reason):
    handoff = actions.reject_handoff(handoff=offered, reason=reason, by=teo, at=LATER)

    assert stages(handoff.person_id) == ["mql", "other"]
    assert not Rest.objects.exists()


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"reason": "unheard_of"}, "Choose why"),
        ({"reason": "no_need"}, "Choose why"),
        ({"reason": "no_fit", "revisit_on": date(2026, 6, 1)}, "belongs to bad timing"),
        ({"reason": "bad_timing", "revisit_on": date(2026, 3, 2)}, "a day ahead"),
    ],
)
def test_verdict_that_makes_no_sense_is_refused(offered, teo, over, sentence):
    with pytest.raises(BadVerdict, match=sentence):
        actions.reject_handoff(handoff=offered, by=teo, at=LATER, **over)

    assert Handoff.objects.get().state == State.OFFERED


def test_rejecting_what_was_accepted_is_refused(offered, teo):
    actions.accept_handoff(handoff=offered, by=teo, at=LATER)

    with pytest.raises(AlreadyAnswered, match="Teo accepted"):
        actions.reject_handoff(handoff=offered, reason="no_fit", by=teo, at=LATER)


def test_silence_goes_to_the_next_one_after_the_grace(offered, teo, ravi):
    due = offered.accept_due_at

    in_grace = actions.escalate_overdue(at=due + timedelta(minutes=14))
    passed_on = actions.escalate_overdue(at=due + timedelta(minutes=15))
    set_back = actions.escalate_overdue(at=due + timedelta(minutes=15))

    assert (in_grace, passed_on, set_back) == (0, 1, 0)
    handoff = Handoff.objects.get()
    assert (handoff.rep, handoff.round) == (ravi, 2)
    assert handoff.accept_due_at == due + timedelta(minutes=30)
    outcomes = handoff.offers.order_by("round").values_list("rep__name", "outcome")
    assert list(outcomes) == [("Teo", "silence"), ("Ravi", "")]
    assert facts("handoff.escalated") == [{"handoff_id": handoff.pk, "rep_id": teo.pk, "round": 1}]


def test_late_rep_reads_to_whom_the_lead_went(offered, teo):
    actions.escalate_overdue(at=AT + timedelta(hours=1))

    with pytest.raises(NotYours, match="This lead is with Ravi since 11:00"):
        actions.accept_handoff(handoff=offered, by=teo, at=AT + timedelta(hours=1))


def test_silence_of_all_ends_in_the_queue_and_stays_there(offered):
    for hour in range(1, 6):
        actions.escalate_overdue(at=AT + timedelta(hours=hour))

    handoff = Handoff.objects.get()
    assert (handoff.rep, handoff.round, handoff.state) == (None, 3, State.OFFERED)
    assert handoff.offers.latest("round").decision["rule"] == "catch_all"


def test_agreed_rounds_are_not_exceeded(teo, ravi):
    an_agreement({"max_rounds": 1})
    a_default_pool(teo, ravi)
    a_handoff()

    actions.escalate_overdue(at=AT + timedelta(hours=1))

    assert Handoff.objects.get().rep is None


def test_each_escalation_stands_alone(teo, ravi, monkeypatch):
    a_default_pool(teo)
    first, second = a_handoff(), a_handoff()
    a_default_pool(ravi)
    real = offering.offer_next
    monkeypatch.setattr(
        escalating,
        "offer_next",
        lambda handoff, *, at: real(handoff, at=at) if handoff.pk == first.pk else 1 / 0,
    )

    with pytest.raises(ZeroDivisionError):
        actions.escalate_overdue(at=AT + timedelta(hours=1))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.round, second.round) == (2, 1)


def test_manager_gives_a_lead_to_somebody(offered, ravi, teo):
    handoff = actions.give_to(handoff=offered, rep=ravi, by=teo, at=LATER)

    assert (handoff.rep, handoff.round) == (ravi, 2)
    assert handoff.accept_due_at == LATER + timedelta(minutes=15)
    assert handoff.offers.get(round=2).decision["rule"] == "by_hand"


@pytest.mark.parametrize(("zone", "is_ahead"), [("Asia/Tokyo", False), ("America/New_York", True)])
def test_day_to_ask_again_lies_ahead_where_the_rep_works(offered, teo, zone, is_ahead):
    teo = edit_user(user=teo, values={"zone": zone})
    late = AT.replace(hour=23)  # in Tokyo it is the third already
    said = {"reason": "bad_timing", "revisit_on": date(2026, 3, 3), "by": teo, "at": late}

    if is_ahead:
        assert actions.reject_handoff(handoff=offered, **said).revisit_on == date(2026, 3, 3)
    else:
        with pytest.raises(BadVerdict, match="a day ahead"):
            actions.reject_handoff(handoff=offered, **said)
