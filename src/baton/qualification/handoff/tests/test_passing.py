from datetime import timedelta

import pytest
from django.db import transaction

from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import AlreadyAnswered, BadVerdict, NotAgreed
from baton.qualification.handoff.models import Agreement, Handoff, Offer, Rest
from baton.qualification.handoff.queries.attainment import handed_in, month_of
from baton.qualification.handoff.rules import Kind, State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
    an_executives_agreement,
)
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.timeline.actions import log_activity
from baton.records.timeline.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

HOUR = timedelta(hours=1)


@pytest.fixture
def sdr(north):
    return a_rep("Ravi", team=north)


@pytest.fixture
def ae(north):
    return a_rep("Nils", team=north)


@pytest.fixture
def accepted(sdr):
    a_default_pool(sdr)
    return actions.accept_handoff(handoff=a_handoff(), by=sdr, at=AT)


def confirm(handoff, by, at=AT):
    actions.confirm_need(person=handoff.person, need="No gaps", impact="Two audits", by=by, at=at)


def an_sql(owner, stage="sql", **over):
    person = a_person(origin="sales", owner=owner, **over)
    with transaction.atomic():
        move_person(person_id=person.pk, to_stage=stage, at=AT, cause="by hand")
    return Person.objects.get(pk=person.pk)


def handed_on():
    return Handoff.objects.to_executives().latest("pk")


def names():
    told = FactRecord.objects.filter(name__startswith="handoff.").order_by("pk")
    return list(told.values_list("name", flat=True))


def test_without_an_agreement_of_its_own_nobody_is_handed_on(accepted, sdr):
    confirm(accepted, sdr)

    assert not Handoff.objects.to_executives().exists()
    with pytest.raises(NotAgreed):
        actions.hand_on(person=accepted.person, by=sdr, at=AT)


def test_a_confirmed_need_asks_the_executive_whose_turn_it_is(accepted, sdr, ae):
    an_executives_agreement(ae)
    log_activity(
        person=accepted.person, kind="call", outcome="conversation", by=sdr, at=AT, body="Two halls"
    )

    confirm(accepted, sdr)

    made = handed_on()
    assert (made.rep, made.handed_by, made.state) == (ae, sdr, State.OFFERED)
    assert made.accept_due_at == AT + 4 * HOUR  # of the second agreement, not the first
    assert Person.objects.get().owner == sdr  # until the executive accepts
    learnt = made.brief["learnt"]
    assert (learnt["need"], learnt["impact"], learnt["by"]) == ("No gaps", "Two audits", "Ravi")
    assert [talk["words"] for talk in learnt["talks"]] == ["Two halls"]


def test_who_closes_keeps_whom_they_qualified(accepted, sdr):
    an_executives_agreement(sdr)

    confirm(accepted, sdr)

    assert not Handoff.objects.to_executives().exists()


def test_an_executive_takes_over_and_the_first_handoff_stays_as_it_was(accepted, sdr, ae):
    an_executives_agreement(ae)
    confirm(accepted, sdr)

    done = actions.accept_handoff(handoff=handed_on(), by=ae, at=AT + HOUR)

    person = Person.objects.get()
    assert (person.owner, person.stage) == (ae, "sql")
    assert done.respond_due_at
    assert done.respond_due_at > AT + HOUR
    accepted.refresh_from_db()
    assert (accepted.rep, accepted.state) == (sdr, State.QUALIFIED)
    told = names()
    assert told.count("handoff.accepted") == 1  # one SAL, however often they change hands
    assert told.count("handoff.taken_over") == 1
    assert StageChange.objects.filter(to_stage="sal").count() == 1


def test_marketings_figures_count_a_lead_once(accepted, sdr, ae):
    an_executives_agreement(ae)
    confirm(accepted, sdr)
    actions.accept_handoff(handoff=handed_on(), by=ae, at=AT + HOUR)

    assert list(handed_in(month_of(AT.date()), user=ae)) == [accepted]


def test_turned_down_goes_back_to_the_sdr_as_it_is(accepted, sdr, ae, run_background):
    an_executives_agreement(ae)
    confirm(accepted, sdr)

    done = actions.reject_handoff(
        handoff=handed_on(), reason="need_unclear", note="Who pays?", by=ae, at=AT + HOUR
    )
    run_background()

    person = Person.objects.get()
    assert (done.state, done.verdict) == (State.REJECTED, "need_unclear")
    assert (person.owner, person.stage) == (sdr, "sql")
    assert not Rest.objects.exists()
    task = Task.objects.get(owner=sdr)
    assert task.title == f"{person.full_name} comes back from Nils: Need not clear yet"
    notice = Notice.objects.get(kind="lead.handed_back")
    assert (notice.user_id, notice.url) == (sdr.pk, person.get_absolute_url())
    assert "handoff.rejected" not in names()  # marketing's lead was not


@pytest.mark.parametrize("reason", ["bad_data", "no_budget"])
def test_only_reasons_of_this_agreement_count(accepted, sdr, ae, reason):
    an_executives_agreement(ae, values={"return_reasons": ["need_unclear", "no_meeting"]})
    confirm(accepted, sdr)

    with pytest.raises(BadVerdict):
        actions.reject_handoff(handoff=handed_on(), reason=reason, by=ae, at=AT)


def test_one_for_another_executive_goes_on_at_once(accepted, sdr, ae, north):
    other = a_rep("Ute", team=north)
    an_executives_agreement(ae, other)
    confirm(accepted, sdr)
    made = handed_on()
    first = made.rep

    actions.reject_handoff(handoff=made, reason="wrong_territory", by=first, at=AT)

    made.refresh_from_db()
    assert made.state == State.OFFERED
    assert {first, made.rep} == {ae, other}


def test_never_back_to_who_hands_on(sdr):
    an_agreement()
    an_executives_agreement(sdr)
    a_default_pool()
    person = an_sql(sdr)

    made = actions.hand_on(person=person, by=sdr, at=AT)

    assert (made.rep, made.pool and made.pool.is_catch_all) == (None, True)


def test_the_owner_of_the_company_is_asked_first_where_it_is_agreed(sdr, ae, north):
    mine = a_rep("Ute", team=north)
    an_agreement()
    an_executives_agreement(ae)
    person = an_sql(sdr, company=a_company(owner=mine))

    first = actions.hand_on(person=person, by=sdr, at=AT)
    actions.take_back(handoff=first, by=sdr, at=AT)
    an_executives_agreement(ae, values={"asks_owner": False})
    second = actions.hand_on(person=person, by=sdr, at=AT)

    assert (first.rep, second.rep) == (mine, ae)


def test_silence_asks_the_next_executive_and_ends_in_the_queue(accepted, sdr, ae, north):
    other = a_rep("Ute", team=north)
    an_executives_agreement(ae, other)
    confirm(accepted, sdr)

    for days in (1, 2, 3):
        actions.escalate_overdue(at=AT + timedelta(days=days))

    rounds = Offer.objects.filter(handoff=handed_on()).order_by("round")
    asked = [offer.rep for offer in rounds]
    assert set(asked[:2]) == {ae, other}
    assert asked[2:] == [None]


def test_by_hand_to_one_whom_the_sdr_names(sdr, ae, north):
    chosen = a_rep("Ute", team=north)
    an_agreement()
    an_executives_agreement(ae)
    person = an_sql(sdr)

    made = actions.hand_on(person=person, by=sdr, note="Knows her", executive=chosen, at=AT)

    assert (made.rep, made.brief["learnt"]["note"]) == (chosen, "Knows her")
    assert names()[-1] == "handoff.handed_on"
    with pytest.raises(AlreadyAnswered):
        actions.hand_on(person=person, by=sdr, at=AT)


@pytest.mark.parametrize("stage", ["lead", "mql", "customer"])
def test_only_an_sql_is_handed_on(sdr, ae, stage):
    an_agreement()
    an_executives_agreement(ae)

    with pytest.raises(BadVerdict):
        actions.hand_on(person=an_sql(sdr, stage), by=sdr, at=AT)


def test_taken_back_while_nobody_has_answered(accepted, sdr, ae):
    an_executives_agreement(ae)
    confirm(accepted, sdr)

    actions.take_back(handoff=handed_on(), by=sdr, at=AT + HOUR)

    assert handed_on().state == State.WITHDRAWN
    again = actions.hand_on(person=accepted.person, by=sdr, at=AT + 2 * HOUR)
    with pytest.raises(BadVerdict):
        actions.take_back(handoff=again, by=ae, at=AT + 2 * HOUR)
    actions.accept_handoff(handoff=again, by=ae, at=AT + 2 * HOUR)
    with pytest.raises(AlreadyAnswered):
        actions.take_back(handoff=again, by=sdr, at=AT + 2 * HOUR)


def test_a_raised_hand_does_not_shorten_the_executives_clock(accepted, sdr, ae):
    an_executives_agreement(ae)
    confirm(accepted, sdr)
    due = handed_on().accept_due_at

    a_handoff(person=accepted.person, at=AT + HOUR)

    made = handed_on()
    assert (made.accept_due_at, made.lane) == (due, "qualified")
    assert Handoff.objects.count() == 2


def test_a_disqualified_one_rests_as_marketings_agreement_says(accepted, sdr, ae):
    an_executives_agreement(ae, values={"recycle_days": 7})
    confirm(accepted, sdr)
    made = actions.accept_handoff(handoff=handed_on(), by=ae, at=AT)

    actions.disqualify(person=made.person, reason="no_need", by=ae, at=AT)

    assert Rest.objects.get().until == AT + timedelta(days=90)


def test_each_kind_has_versions_of_its_own(ae):
    first, second = an_agreement(), an_executives_agreement(ae)

    assert (first.version, second.version) == (1, 1)
    third = an_executives_agreement(ae, values={"accept_minutes": 300})
    assert (third.version, Agreement.objects.of_kind(Kind.MARKETING).count()) == (2, 1)


def test_switched_off_by_a_version_that_both_sign(accepted, sdr, ae):
    an_executives_agreement(ae)
    an_executives_agreement(ae, values={"is_on": False})

    confirm(accepted, sdr)

    assert not Handoff.objects.to_executives().exists()


def test_a_pool_of_executives_is_not_deleted(ae):
    pool = an_executives_agreement(ae).pool
    assert pool

    with pytest.raises(actions.BadPool):
        actions.delete_pool(pool=pool, by=None, at=AT)


def test_it_needs_a_pool(ae):
    with pytest.raises(actions.BadAgreement):
        actions.amend_agreement(values={}, by=None, at=AT, kind=Kind.EXECUTIVE)
