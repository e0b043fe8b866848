"""What should not happen, and does: everybody's leads when somebody goes, laws, empty pools."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from baton.core.access.actions import edit_user
from baton.qualification.handoff import actions, tasks
from baton.qualification.handoff.models import Handoff, Offer
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    a_rep,
    an_agreement,
)
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def teo():
    return a_rep("Teo")


def times(lead):
    lead.refresh_from_db()
    offer = lead.offers.get(round=lead.round)
    return lead.accept_due_at, lead.escalates_at, offer.due_at


def a_crowd(rep, count):
    """So many leads that wait for the same one."""
    lead = a_handoff(rep=rep)
    offer = lead.offers.get(round=lead.round)
    people = [Person(full_name=f"Buyer {number}", origin="marketing") for number in range(count)]
    Person.objects.bulk_create(people)
    leads = [_like(lead, person=person, fact_id=None) for person in people]
    Handoff.objects.bulk_create(leads)
    Offer.objects.bulk_create(_like(offer, handoff=one) for one in leads)


def _like(row, **over):
    said = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "key"}
    }
    return type(row)(**(said | over))


def test_three_hundred_leads_of_somebody_who_is_deleted_go_to_who_is_there(teo):
    stays, other = a_rep("Stays"), a_rep("Other")
    a_crowd(teo, 299)
    a_default_pool(stays, other)
    edit_user(user=teo, values={"is_active": False})

    assert actions.pass_on_departed(at=AT + MINUTE) == 300

    owed = Handoff.objects.open()
    counts = [owed.filter(rep=rep).count() for rep in (teo, stays, other)]
    assert counts == [0, 150, 150]
    running = Offer.objects.filter(ended_at=None)
    assert running.count() == running.values("handoff").distinct().count() == 300


def test_clocks_of_a_zone_that_changed_its_law_are_counted_anew_by_night(teo):
    a_default_pool(teo)
    lead = a_handoff()
    by_law = times(lead)
    # As they were counted while the zone still had another offset.
    moved = {"accept_due_at": F("accept_due_at") + HOUR, "escalates_at": F("escalates_at") + HOUR}
    Handoff.objects.update(**moved)
    Offer.objects.update(due_at=F("due_at") + HOUR)
    assert times(lead) != by_law

    tasks.count_anew.call()

    assert times(lead) == by_law


def test_a_new_agreement_moves_no_clock_that_runs(teo, admin):
    a_default_pool(teo)
    first = an_agreement()
    lead = a_handoff()
    before = times(lead)
    terms = {"hand_raise_accept_minutes": 5, "hand_raise_respond_minutes": 7}
    draft = actions.amend_agreement(values=terms, by=admin, at=AT)
    for side in draft.parties():
        draft = actions.sign_agreement(agreement=draft, side=side, by=admin, at=AT)
    tasks.count_anew.call()

    fresh = a_handoff(at=AT + MINUTE)
    taken = actions.accept_handoff(handoff=lead, by=teo, at=AT + MINUTE)

    assert times(lead)[0] == before[0]
    assert (taken.agreement, fresh.agreement) == (first, draft)
    answered_at, within = taken.answered_at, first.terms().respond_within(lead.lane)
    assert answered_at
    assert taken.respond_due_at == answered_at + within
    assert fresh.accept_due_at - fresh.offered_at == 5 * MINUTE


def test_a_rule_to_a_pool_without_members_leaves_the_lead_to_everybody(teo):
    a_default_pool(teo)
    nobody = actions.create_pool(name="Nobody", by=None, at=AT)
    values = {"name": "All", "pool": nobody, "condition": {"all": []}, "position": 1}
    actions.save_routing_rule(values=values, by=None, at=AT)

    lead = a_handoff()

    assert lead.pool
    assert (lead.rep, lead.pool.is_default) == (teo, True)


def test_ring_of_pools_is_said_on_the_page_and_nothing_of_it_is_kept(admin, signed_in):
    north = actions.create_pool(name="North", by=None, at=AT)
    south = actions.create_pool(name="South", by=None, at=AT)
    actions.edit_pool(pool=north, values={"escalates_to": south}, by=None, at=AT)
    page = reverse("handoff:pool", args=[south.key])
    typed = {"name": "Far south", "escalates_to": north.key, "version": south.version}

    refused = signed_in(admin).post(page, typed)

    assert refused.status_code == 422
    assert "Nobody would ever take it: Far south → North → Far south." in refused.text
    assert 'value="Far south"' in refused.text
    south.refresh_from_db()
    assert (south.name, south.escalates_to) == ("South", None)
