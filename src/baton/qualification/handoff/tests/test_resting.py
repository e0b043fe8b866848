from datetime import date, timedelta

import pytest

from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff, Offer, Rest
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff
from baton.qualification.lifecycle.actions import move_person
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


@pytest.fixture
def customer(teo):
    """Bought before, and raised a hand again."""
    a_default_pool(teo)
    person = a_person(full_name="Lena Fischer", owner=teo)
    move_person(person_id=person.pk, to_stage="customer", at=AT - DAY, cause="deal.won")
    return a_handoff(person=person)


def test_customer_does_not_rest_after_a_verdict(customer, teo):
    actions.reject_handoff(handoff=customer, reason="no_fit", by=teo, at=AT)

    assert not Rest.objects.exists()
    assert not FactRecord.objects.filter(name="person.recycled").exists()
    person = Person.objects.get()
    assert (person.stage, person.owner) == ("customer", teo)


def test_day_to_ask_a_customer_again_is_a_task_of_the_rep(customer, teo):
    actions.accept_handoff(handoff=customer, by=teo, at=AT)
    actions.disqualify(
        person=customer.person,
        reason="bad_timing",
        revisit_on=date(2026, 4, 1),
        by=teo,
        at=AT,
    )

    assert not Rest.objects.exists()
    task = Task.objects.get()
    assert (task.title, task.owner, task.person) == (
        "Ask Lena Fischer again",
        teo,
        customer.person,
    )
    assert task.due_at
    assert task.due_at.isoformat() == "2026-03-31T22:00:00+00:00"  # midnight in Berlin


def reject(handoff, *, by, at):
    actions.reject_handoff(handoff=handoff, reason="no_fit", by=by, at=at)


def test_who_turned_somebody_down_once_is_asked_again_after_another_verdict(teo, ravi):
    a_default_pool(teo)
    person = a_person()
    reject(a_handoff(person=person), by=teo, at=AT)
    a_default_pool(ravi)
    second = a_handoff(person=person, at=AT + DAY)
    actions.accept_handoff(handoff=second, by=ravi, at=AT + DAY)
    actions.confirm_need(person=person, need="A", impact="B", by=ravi, at=AT + DAY)
    Person.objects.update(owner=teo)

    third = a_handoff(person=person, at=AT + 2 * DAY)

    assert second.rep == ravi
    assert third.rep == teo


def test_rest_without_a_handoff_counts_until_another_handoff_has_ended(teo, ravi):
    person = a_person(origin="sales", owner=ravi)
    revisit_on = date(2026, 9, 1)
    actions.disqualify(person=person, reason="bad_timing", revisit_on=revisit_on, by=teo, at=AT)
    a_default_pool(ravi)

    second = a_handoff(person=person, at=AT + DAY)
    actions.accept_handoff(handoff=second, by=teo, at=AT + DAY)
    actions.confirm_need(person=person, need="A", impact="B", by=teo, at=AT + DAY)
    Person.objects.update(owner=ravi)
    third = a_handoff(person=person, at=AT + 2 * DAY)

    assert (second.rep, third.rep) == (teo, ravi)
    assert Handoff.objects.count() == 2


def test_who_lost_their_handoff_with_the_demo_is_a_lead_again(teo):
    a_default_pool(teo)
    stranger, imported, waiting = a_person(), a_person(), a_person()
    gone = a_handoff(person=stranger)
    a_handoff(person=waiting)
    move_person(person_id=imported.pk, to_stage="mql", at=AT, cause="import")
    Offer.objects.filter(handoff=gone).delete()
    Handoff.objects.filter(pk=gone.pk).delete()

    assert actions.send_back_without_handoff(at=AT + DAY) == 1

    people = (stranger, imported, waiting)
    assert [Person.objects.get(pk=one.pk).stage for one in people] == ["lead", "mql", "mql"]
