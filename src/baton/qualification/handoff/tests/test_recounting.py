"""Calendars change while clocks run, and nobody who is away gets a lead."""

from datetime import timedelta

import pytest
import time_machine

from baton.core.access.actions import edit_user
from baton.core.calendars.actions import tell_change, trash_leaves
from baton.core.calendars.tests.factories import a_free_day, a_leave
from baton.core.facts import Origin, origin
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_handoff,
    a_rep,
)
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def clocks(handoff):
    handoff.refresh_from_db()
    names = ("accept_due_at", "escalates_at", "respond_due_at", "attempt_due_at")
    found = {name: getattr(handoff, name) for name in names}
    return {name: f"{at:%a %d %H:%M}" for name, at in found.items() if at}


@pytest.fixture
def settle(run_background):
    """Facts that came before are heard already."""
    return run_background


def test_open_clocks_stand_still_on_a_new_free_day(teo, settle):
    a_default_pool(teo)
    offered = a_handoff(rep=teo)
    accepted = actions.accept_handoff(handoff=a_handoff(rep=teo), by=teo, at=AT)
    before = clocks(offered)

    a_free_day()
    settle()

    after = clocks(offered)
    assert before["accept_due_at"] == "Mon 02 09:15"
    assert (after["accept_due_at"], after["escalates_at"]) == ("Tue 03 08:15", "Tue 03 08:30")
    assert clocks(accepted)["respond_due_at"] == "Tue 03 08:30"
    assert offered.offers.get(ended_at=None).due_at == offered.accept_due_at


def test_only_clocks_of_who_is_away_move_and_come_back(teo, ravi, settle):
    a_default_pool(teo, ravi)
    theirs, others = a_handoff(rep=teo), a_handoff(rep=ravi)
    actions.accept_handoff(handoff=theirs, by=teo, at=AT)
    before = clocks(theirs), clocks(others)

    leave = a_leave(teo, length=2, starts_at_noon=True)  # the response falls due at 11:00
    later = a_leave(teo, days=7, length=5)
    settle()
    during = clocks(theirs)
    trash_leaves(leave_ids=[leave.pk, later.pk], by=teo, at=AT)
    settle()

    assert during["respond_due_at"] == before[0]["respond_due_at"]
    assert during["attempt_due_at"] != before[0]["attempt_due_at"]
    assert (clocks(theirs), clocks(others)) == before


def test_clocks_follow_new_hours_of_the_rep(teo, settle):
    a_default_pool(teo)
    handoff = a_handoff(rep=teo)

    edit_user(user=teo, values={"hours": {"tue": [["13:00", "17:00"]]}})
    tell_change(user=teo, at=AT)
    settle()

    assert clocks(handoff)["accept_due_at"] == "Tue 03 12:15"


def test_hand_that_was_raised_while_a_clock_ran_keeps_the_shorter_one(teo, settle):
    a_default_pool(teo)
    handoff = a_handoff(rep=teo)
    hour = timedelta(hours=1)
    Handoff.objects.update(lane="score", accept_due_at=AT + hour, escalates_at=AT + 1.5 * hour)
    raised = AT + 20 * MINUTE
    actions.qualify_person(
        person_id=handoff.person_id, form=a_form_sent(handoff.person, at=raised), at=raised
    )
    before = clocks(handoff)

    tell_change(user=None, at=AT)
    settle()

    assert before["accept_due_at"] == "Mon 02 09:35"
    assert clocks(handoff) == before


def test_counting_anew_is_safe_twice_and_asks_few_questions(teo, django_assert_max_num_queries):
    a_default_pool(teo)
    for _ in range(5):
        a_handoff(rep=teo)
    a_free_day()

    with django_assert_max_num_queries(9):
        assert actions.recount_clocks(user_id=0) == 5
    assert actions.recount_clocks(user_id=teo.pk) == 0


def test_imported_calendars_move_no_clock(teo, settle):
    a_default_pool(teo)
    handoff = a_handoff(rep=teo)
    before = clocks(handoff)

    with origin(Origin.IMPORT):
        a_free_day()
    settle()

    assert clocks(handoff) == before


def test_nobody_on_leave_gets_a_lead(teo, ravi):
    a_default_pool(teo, ravi)
    a_leave(teo)

    offered = [a_handoff().rep for _ in range(2)]
    owned = a_handoff(person=a_person(owner=teo))

    assert [*offered, owned.rep] == [ravi] * 3
    tried = owned.offers.get().decision["tried"]
    assert next(step["why"] for step in tried if step["rule"] == "owner") == "away"


def test_who_comes_back_from_leave_is_not_flooded(teo, ravi, clock):
    a_default_pool(teo, ravi)
    a_leave(teo)
    for _ in range(6):
        a_handoff()
    clock.move_to(AT + timedelta(days=1))

    after = [a_handoff(at=AT + timedelta(days=1)).rep for _ in range(4)]

    assert (after.count(ravi), after.count(teo)) == (2, 2)


def test_lead_that_waits_for_who_goes_on_leave_goes_on(teo, ravi, clock):
    a_default_pool(teo, ravi)
    waiting = a_handoff(rep=teo)
    accepted = actions.accept_handoff(handoff=a_handoff(rep=teo), by=teo, at=AT)
    a_leave(teo, starts_at_noon=True)
    noon = AT + timedelta(hours=2)

    assert actions.pass_on_absent(at=noon - MINUTE) == 0
    clock.move_to(noon)
    assert actions.pass_on_absent(at=noon) == 1
    assert actions.pass_on_absent(at=noon) == 0

    waiting.refresh_from_db()
    accepted.refresh_from_db()
    assert (waiting.rep, accepted.rep) == (ravi, teo)
    outcomes = waiting.offers.order_by("round").values_list("rep__name", "outcome")
    assert list(outcomes)[-2:] == [("Teo", "moved"), ("Ravi", "")]


def test_lead_waits_in_the_queue_while_everybody_is_away(teo):
    a_default_pool(teo)
    waiting = a_handoff(rep=teo)
    a_leave(teo)

    actions.pass_on_absent(at=AT)

    waiting.refresh_from_db()
    assert waiting.rep is None


def test_desk_tells_who_is_off(signed_in, teo):
    a_leave(a_rep("Nora"))
    a_leave(teo, length=3)

    page = signed_in(teo).get("/leads/").content.decode()

    assert "You are off until 4 Mar: no leads come." in page
