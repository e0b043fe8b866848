"""Reasons feed what is learned: those that say nothing of the buyer teach nothing."""

from datetime import timedelta

import pytest

from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.queries.calibrating import people_untold
from baton.qualification.handoff.tests.factories import AT, a_default_pool, a_handoff, an_agreement
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.scoring.queries.outcomes import outcomes_until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def turned_down(rep):
    """By reason, each a person of their own."""
    a_default_pool(rep)
    an_agreement()
    found = {}
    for reason in ("bad_data", "duplicate", "existing_customer", "no_fit", "bad_timing"):
        found[reason] = a_handoff()
        actions.reject_handoff(handoff=found[reason], reason=reason, by=rep, at=AT + MINUTE)
    return found


def outcomes():
    return outcomes_until(goal="customer", days=30, at=AT + 60 * DAY)


def test_reasons_about_our_records_teach_nothing(turned_down):
    told = set(people_untold())

    ours = ("bad_data", "duplicate", "existing_customer")
    assert told == {turned_down[reason].person_id for reason in ours}
    assert (len(outcomes().won), outcomes().untold) == (2, 3)


def test_later_no_that_says_something_counts_instead(turned_down, rep):
    again = a_handoff(person=turned_down["bad_data"].person, at=AT + DAY)
    actions.reject_handoff(handoff=again, reason="no_fit", by=rep, at=AT + DAY + MINUTE)

    assert again.person_id not in people_untold()
    assert outcomes().untold == 2


def test_reason_that_marketing_disputes_teaches_nothing_until_it_agrees(turned_down, marketer):
    lead = Handoff.objects.get(pk=turned_down["no_fit"].pk)
    said = {"handoff": lead, "by": marketer, "at": AT + DAY}
    actions.reply_to_verdict(kind="disputed", note="They make the same as Halden", **said)
    disputed = outcomes()
    actions.reply_to_verdict(kind="agreed", note="", **said)

    assert (len(disputed.won), disputed.untold) == (1, 4)
    assert (len(outcomes().won), outcomes().untold) == (2, 3)


def test_who_bought_after_all_teaches_whatever_was_said(turned_down):
    person = turned_down["bad_data"].person_id
    move_person(person_id=person, to_stage="customer", at=AT + 5 * DAY, cause="test")

    found = outcomes()

    assert (sum(found.won), len(found.won), found.untold) == (1, 3, 2)
