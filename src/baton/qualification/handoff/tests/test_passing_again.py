"""Whoever is an SQL or a customer already raises a hand once more."""

import pytest
from django.db import transaction
from django.urls import reverse

from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.rules import State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_handoff,
    a_rep,
    an_agreement,
    an_executives_agreement,
)
from baton.qualification.lifecycle.actions import move_person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def sdr(north):
    return a_rep("Ravi", team=north)


@pytest.fixture(autouse=True)
def executive(north):
    an_agreement()
    executive = a_rep("Nils", team=north)
    an_executives_agreement(executive)
    return executive


def a_lead(sdr, *, stage):
    person = a_person(origin="sales", owner=sdr)
    with transaction.atomic():
        move_person(person_id=person.pk, to_stage=stage, at=AT, cause="by hand")
    return actions.accept_handoff(handoff=a_handoff(person=person, rep=sdr), by=sdr, at=AT)


def test_need_of_a_customer_who_wants_more_is_confirmed_and_stays_with_who_asked(sdr):
    lead = a_lead(sdr, stage="customer")
    person = lead.person

    actions.confirm_need(person=person, handoff=lead, need="More", impact="A hall", by=sdr, at=AT)

    assert Handoff.objects.get().state == State.QUALIFIED


def test_an_sql_who_was_handed_over_anew_is_handed_on_with_the_new_need(signed_in, sdr, executive):
    lead, client = a_lead(sdr, stage="sql"), signed_in(sdr)
    url = reverse("handoff:person-hand-on", args=[lead.person.key])
    asked = client.get(url).context["form"]
    typed = {"need": "More meters", "impact": "A second hall", "executive": executive.key}

    answer = client.post(url, typed | {"note": ""})

    assert "need" in asked.fields
    assert answer.status_code == 302
    lead.refresh_from_db()
    handed = Handoff.objects.to_executives().get()
    assert (lead.state, handed.rep) == (State.QUALIFIED, executive)
    assert handed.brief["learnt"]["need"] == "More meters"


def test_nobody_is_offered_to_hand_on_a_customer(signed_in, sdr):
    lead, client = a_lead(sdr, stage="customer"), signed_in(sdr)
    url = reverse("handoff:person-hand-on", args=[lead.person.key])

    assert url not in client.get(reverse("handoff:lead", args=[lead.key])).text
