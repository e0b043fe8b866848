"""Whoever takes over whom an SDR qualified takes over the SDR's open deal with them."""

import pytest

from baton.core.fields.actions import limit_field, save_rule
from baton.core.keys import new_key
from baton.qualification.handoff import actions as handoff
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_rep,
    an_agreement,
    an_executives_agreement,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.actions import log_activity
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import qualifier_for
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def ae(north):
    return a_rep("Nils", team=north)


def hand_on(person, sdr):
    return handoff.hand_on(person=Person.objects.get(pk=person.pk), by=sdr, at=AT)


def test_the_open_deal_goes_along_and_keeps_who_qualified_it(rep, ae, run_background):
    an_agreement()
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=rep)
    deal, other = a_deal(by=rep, person=person), a_deal(by=rep, person=a_person(owner=rep))
    run_background()
    made = hand_on(person, rep)

    handoff.accept_handoff(handoff=made, by=ae, at=AT)
    run_background()

    deal.refresh_from_db()
    other.refresh_from_db()
    assert (deal.owner, deal.qualifier) == (ae, rep)
    assert (other.owner, other.qualifier) == (rep, None)


def test_a_lead_is_not_taken_back_once_a_deal_goes_on_from_it(rep, ae, run_background):
    an_agreement()
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=rep)
    deal = a_deal(by=rep, person=person)
    run_background()
    made = hand_on(person, rep)
    handoff.accept_handoff(handoff=made, by=ae, at=AT, batch=new_key())
    run_background()

    with pytest.raises(handoff.AlreadyAnswered, match="deal goes on from there"):
        handoff.undo_answer(handoff=made, by=ae, at=AT)

    deal.refresh_from_db()
    assert deal.owner == ae


def test_a_deal_goes_along_though_a_rule_and_a_limit_would_refuse_it_by_hand(
    rep, ae, admin, run_background
):
    an_agreement()
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=rep)
    deal = a_deal(by=rep, person=person)
    limit_field(
        object_type="deal", name="owner", values={"read_only_for": [ae.role]}, by=admin, at=AT
    )
    condition = {"field": "deal.state", "op": "is", "value": "open"}
    values = {"message": "Not while it is open.", "condition": condition, "is_on": True}
    save_rule(object_type="deal", values=values, by=admin, at=AT)

    handoff.accept_handoff(handoff=hand_on(person, rep), by=ae, at=AT)
    run_background()

    deal.refresh_from_db()
    assert (deal.owner, deal.qualifier) == (ae, rep)


def test_the_first_talk_about_a_deal_that_is_open_settles_it(rep, ae, run_background):
    an_agreement()
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=rep)
    a_deal(by=rep, person=person)
    run_background()
    made = hand_on(person, rep)
    handoff.accept_handoff(handoff=made, by=ae, at=AT)

    log_activity(person=person, kind="call", outcome="conversation", by=ae, at=AT)
    run_background()

    assert Handoff.objects.get().state == State.QUALIFIED


def test_a_deal_of_who_handed_on_does_not_answer_for_the_executive(rep, ae, run_background):
    an_agreement()
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=rep)
    handoff.confirm_need(person=person, need="A", impact="B", by=rep, at=AT)
    a_deal(by=rep, person=Person.objects.get(pk=person.pk))
    run_background()

    assert Handoff.objects.get().state == State.OFFERED


def test_a_new_deal_of_the_executive_names_the_sdr_as_who_qualified(rep, ae, run_background):
    an_agreement()
    an_executives_agreement(ae)
    person = a_person(origin="sales", owner=rep)
    handoff.confirm_need(person=person, need="A", impact="B", by=rep, at=AT)
    handoff.accept_handoff(handoff=Handoff.objects.get(), by=ae, at=AT)

    known = Person.objects.get(pk=person.pk)
    assert qualifier_for(known, owner=ae, user=ae) == rep
    a_deal(by=ae, person=known)
    run_background()

    assert Handoff.objects.get().state == State.QUALIFIED
    assert Deal.objects.get().owner == ae
