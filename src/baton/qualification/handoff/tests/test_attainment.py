from datetime import timedelta

import pytest

from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Attempt, Handoff, Offer
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.attainment import Promise, attainment, behind
from baton.qualification.handoff.tests.factories import AT, a_default_pool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def kept(promise, *, user, at=AT + timedelta(hours=2)):
    """Kept and due of this promise, and how many stand behind what was not kept."""
    found = attainment(user=user, agreement=agreement_in_force(), day=AT.date(), at=at)
    [one] = [one for one in found.promises if one.promise is promise]
    broken = behind(promise, user=user, day=AT.date(), is_broken=True, at=at)
    assert broken.count() == one.broken
    return one.kept, one.all


def test_lead_that_a_manager_moved_in_time_is_kept_by_who_accepts_it(lead, ravi, admin):
    moved = actions.give_to(handoff=lead, rep=ravi, by=admin, at=AT + 5 * MINUTE)
    actions.accept_handoff(handoff=moved, by=ravi, at=AT + 6 * MINUTE)

    assert kept(Promise.ACCEPT, user=admin) == (1, 1)


def test_lead_that_a_manager_moved_and_nobody_owes_yet_is_not_due(lead, ravi, admin):
    actions.give_to(handoff=lead, rep=ravi, by=admin, at=AT + 5 * MINUTE)

    assert kept(Promise.ACCEPT, user=admin, at=AT + 6 * MINUTE) == (0, 0)


def test_lead_that_was_late_when_it_was_moved_stays_broken(lead, ravi, admin):
    moved = actions.give_to(handoff=lead, rep=ravi, by=admin, at=AT + 20 * MINUTE)
    actions.accept_handoff(handoff=moved, by=ravi, at=AT + 21 * MINUTE)

    assert kept(Promise.ACCEPT, user=admin) == (0, 1)


def test_lead_that_one_was_silent_about_stays_broken_though_the_next_accepts(lead, ravi, admin):
    a_default_pool(ravi)
    actions.escalate_overdue(at=AT + 31 * MINUTE)
    actions.accept_handoff(handoff=lead, by=ravi, at=AT + 32 * MINUTE)

    assert kept(Promise.ACCEPT, user=admin) == (0, 1)


def test_rounds_that_a_manager_made_use_up_none_of_the_agreed_ones(lead, teo, ravi, admin):
    a_default_pool(ravi)
    for place in range(4):
        rep = (ravi, teo)[place % 2]
        lead = actions.give_to(handoff=lead, rep=rep, by=admin, at=AT + place * MINUTE)

    actions.escalate_overdue(at=AT + 60 * MINUTE)

    assert Handoff.objects.get().rep == ravi
    assert Offer.objects.filter(outcome="silence").count() == 1


@pytest.mark.parametrize(("late_by", "expected"), [(-MINUTE, (1, 1)), (MINUTE, (0, 1))])
@pytest.mark.parametrize("way", ["attempts", "response"])
def test_what_was_tried_after_the_agreed_days_does_not_count(
    lead, teo, admin, way, late_by, expected
):
    taken = actions.accept_handoff(handoff=lead, by=teo, at=AT)
    assert taken.attempt_due_at
    at = taken.attempt_due_at + late_by
    if way == "response":
        Handoff.objects.update(responded_at=at)
    else:
        Attempt.objects.bulk_create(
            Attempt(handoff=taken, fact_id=number, by=teo, at=at) for number in range(5)
        )

    assert kept(Promise.ATTEMPTS, user=admin, at=taken.attempt_due_at + DAY) == expected
