"""They wrote: the clock of who owes the answer, until a touch of ours."""

from datetime import UTC, datetime, timedelta

import pytest

from baton.core.calendars.actions import save_leave
from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.qualification.handoff import actions
from baton.qualification.handoff.clock_news import ring_clocks
from baton.qualification.handoff.models import Clock, Handoff
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_handoff,
    a_mail,
    an_agreement,
)
from baton.records.people import actions as people
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def agreed(company):
    return an_agreement({"reply_minutes": 120})


@pytest.fixture
def buyer(teo):
    return a_person(owner=teo)


def away_today(user):
    values = {"kind": "vacation", "from_on": AT.date(), "to_on": AT.date()}
    save_leave(user=user, values=values, by=user, at=AT)


def the_clock():
    return Clock.objects.get()


def late_facts():
    return FactRecord.objects.filter(name="clock.ran_out").count()


def test_a_mail_of_theirs_is_to_be_answered_within_the_promise(agreed, buyer, teo, run_background):
    a_mail(buyer)
    run_background()
    clock = the_clock()
    assert (clock.kind, clock.owner, clock.person) == ("reply", teo, buyer)
    assert clock.due_at == AT + 2 * HOUR


def test_without_the_promise_nothing_runs(company, buyer, run_background):
    an_agreement()
    a_mail(buyer)
    run_background()
    assert not Clock.objects.exists()


def test_nobody_owes_strangers_an_answer(agreed, run_background):
    stranger = a_person()
    a_form_sent(stranger, code="newsletter")
    run_background()
    assert not Clock.objects.exists()


def test_several_messages_are_one_clock_from_the_first(agreed, buyer, run_background):
    a_mail(buyer)
    a_form_sent(buyer, code="question", at=AT + HOUR)
    run_background()
    clock = the_clock()
    assert (clock.since, clock.count) == (AT, 2)


@pytest.mark.parametrize("outcome", ["sent", "conversation", "unanswered"])
def test_the_next_touch_of_ours_stops_it(agreed, buyer, run_background, outcome):
    a_mail(buyer)
    a_mail(buyer, at=AT + HOUR, outcome=outcome)
    run_background()
    clock = the_clock()
    assert (clock.stopped_at, clock.ended) == (AT + HOUR, "answered")
    assert clock.late_at is None
    assert not late_facts()


def test_an_answer_from_before_the_message_stops_nothing(agreed, buyer, run_background):
    a_mail(buyer)
    run_background()
    a_mail(buyer, at=AT - HOUR, outcome="sent")
    run_background()
    assert the_clock().stopped_at is None


def test_what_was_answered_already_counts_as_answered_then(agreed, buyer, run_background):
    a_mail(buyer, at=AT + 2 * HOUR, outcome="sent")
    run_background()
    for minutes in (60, 90):
        a_mail(buyer, at=AT + minutes * MINUTE)
    run_background()
    clock = the_clock()
    assert (clock.stopped_at, clock.count) == (AT + 2 * HOUR, 2)


def test_an_answer_after_the_moment_is_late_once(agreed, buyer, run_background):
    a_mail(buyer)
    a_mail(buyer, at=AT + 3 * HOUR, outcome="sent")
    run_background()
    assert the_clock().late_at is not None
    assert late_facts() == 1
    actions.tend_clocks(at=AT + 4 * HOUR)
    assert late_facts() == 1


def test_lateness_is_written_down_once_whatever_the_clock_of_the_machine_says(
    agreed, buyer, teo, run_background
):
    a_mail(buyer)
    run_background()
    for moment in (AT + HOUR, AT + 3 * HOUR, AT, AT + 3 * HOUR, AT + 30 * HOUR):
        actions.tend_clocks(at=moment)
    assert late_facts() == 1
    assert the_clock().late_at == AT + 3 * HOUR


def test_after_a_standstill_it_is_late_at_the_next_look(agreed, buyer, run_background):
    """No worker ran for a week: the row knew what was due."""
    a_mail(buyer)
    run_background()
    told = actions.tend_clocks(at=AT + timedelta(days=7))
    assert [one.step for one in told] == ["late"]
    assert the_clock().looks_at is None


def test_who_owes_is_told_before_and_when_it_is_late(agreed, buyer, teo, run_background):
    a_mail(buyer)
    run_background()
    assert ring_clocks(at=AT + 111 * MINUTE) == 1
    assert ring_clocks(at=AT + 111 * MINUTE) == 0
    ring_clocks(at=AT + 121 * MINUTE)
    run_background()
    told = Notice.objects.filter(user=teo).order_by("pk").values_list("kind", "url")
    url = buyer.get_absolute_url()
    assert list(told) == [("reply.soon", url), ("reply.late", url)]


def test_a_handoff_that_waits_for_its_first_response_stands_for_the_answer(
    agreed, teo, run_background
):
    a_default_pool(teo)
    person = a_person(owner=teo)
    a_form_sent(person)
    run_background()
    assert Handoff.objects.filter(person=person).exists()
    assert not Clock.objects.exists()


def test_after_the_first_response_the_rep_of_the_handoff_owes_the_answers(
    agreed, teo, ravi, run_background
):
    a_default_pool(teo)
    handoff = a_handoff()
    actions.accept_handoff(handoff=handoff, by=teo, at=AT + MINUTE)
    a_mail(handoff.person, at=AT + HOUR, outcome="sent", by=teo)
    run_background()
    people.assign_owner(person=handoff.person, owner=ravi, by=None, at=AT + HOUR)
    a_mail(handoff.person, at=AT + 2 * HOUR, by=teo)
    run_background()
    assert the_clock().owner == teo


def test_another_owner_owes_the_answer_in_their_own_hours(agreed, buyer, ravi, run_background):
    a_mail(buyer)
    run_background()
    away_today(ravi)
    people.assign_owner(person=buyer, owner=ravi, by=None, at=AT + MINUTE)
    run_background()
    clock = the_clock()
    assert clock.owner == ravi
    assert clock.due_at == datetime(2026, 3, 3, 10, tzinfo=UTC)  # 9:00 in Berlin and two hours


def test_a_day_off_moves_the_due_moment(agreed, buyer, teo, run_background):
    a_mail(buyer)
    run_background()
    away_today(teo)
    run_background()
    assert the_clock().due_at == datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("friday", "due"),
    [
        # An hour before the end of a Friday in Berlin, then one of the Monday after the change.
        (datetime(2026, 3, 27, 15, tzinfo=UTC), datetime(2026, 3, 30, 8, tzinfo=UTC)),
        (datetime(2026, 10, 23, 14, tzinfo=UTC), datetime(2026, 10, 26, 9, tzinfo=UTC)),
    ],
)
def test_the_nights_of_daylight_saving_cost_nobody_an_hour(
    agreed, buyer, run_background, friday, due
):
    a_mail(buyer, at=friday)
    run_background()
    assert the_clock().due_at == due


def test_a_deleted_person_is_owed_nothing(agreed, buyer, teo, run_background):
    a_mail(buyer)
    run_background()
    people.trash_people(people_ids=[buyer.pk], by=teo, at=AT + HOUR)
    run_background()
    assert the_clock().ended == "withdrawn"
    actions.tend_clocks(at=AT + 9 * HOUR)
    assert not late_facts()
