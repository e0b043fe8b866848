"""Customers raise a hand, too: what they need is confirmed, and is nobody's to hand on."""

import pytest
from django.db import transaction

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


def test_need_of_a_customer_who_wants_more_is_confirmed_and_stays_with_who_asked(north):
    sdr, executive = a_rep("Ravi", team=north), a_rep("Nils", team=north)
    an_agreement()
    an_executives_agreement(executive)
    person = a_person(origin="sales", owner=sdr)
    with transaction.atomic():
        move_person(person_id=person.pk, to_stage="customer", at=AT, cause="by hand")
    lead = actions.accept_handoff(handoff=a_handoff(person=person, rep=sdr), by=sdr, at=AT)

    actions.confirm_need(person=person, handoff=lead, need="More", impact="A hall", by=sdr, at=AT)

    assert Handoff.objects.get().state == State.QUALIFIED
