"""Clocks that run: paused, under the version of their beginning, and ten thousand of them."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from baton.core.facts.models import FactRecord
from baton.core.notices.models import Notice
from baton.qualification.handoff import actions
from baton.qualification.handoff.clock_news import ring_clocks
from baton.qualification.handoff.models import Clock
from baton.qualification.handoff.tests.factories import AT, a_mail, a_rep, an_agreement
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def agreed(company):
    return an_agreement({"reply_minutes": 120})


@pytest.fixture
def buyer(teo):
    return a_person(owner=teo)


def the_clock():
    return Clock.objects.get()


def late_facts():
    return FactRecord.objects.filter(name="clock.ran_out").count()


def test_the_ladder_is_climbed_once(company, teo, run_background):
    an_agreement({"reply_minutes": 60, "ladder": {"sales_manager": 30, "head_of_sales": 90}})
    manager = a_rep("Nora")
    manager.role = "sales_manager"
    manager.team = teo.team
    manager.save()
    head = a_rep("Hans")
    head.role = "head_of_sales"
    head.save()
    buyer = a_person(owner=teo)
    a_mail(buyer)
    run_background()
    for minutes in (61, 95, 95, 155, 156):
        ring_clocks(at=AT + minutes * MINUTE)
    told = Notice.objects.filter(kind="promise.waits").order_by("pk")
    assert [notice.user for notice in told][-1] == head
    assert told.filter(user=head).count() == 1


def test_a_pause_keeps_the_time_that_is_left(company, teo, run_background):
    an_agreement({"reply_minutes": 120, "pause_days": 10})
    buyer = a_person(owner=teo)
    a_mail(buyer)
    run_background()
    until = AT + timedelta(days=1)
    clock = actions.pause_clock(
        clock=the_clock(), until=until, reason="They asked", by=teo, at=AT + HOUR
    )
    assert clock.due_at == until + HOUR
    actions.tend_clocks(at=AT + 5 * HOUR)
    assert not late_facts()
    clock = actions.resume_clock(clock=clock, at=AT + 3 * HOUR)
    assert clock.due_at == AT + 4 * HOUR
    assert actions.resume_clock(clock=clock, at=AT + 3 * HOUR).due_at == AT + 4 * HOUR


@pytest.mark.parametrize(
    ("terms", "until", "reason"),
    [
        ({}, AT + timedelta(days=1), "They asked"),
        ({"pause_days": 3}, AT + timedelta(days=4), "They asked"),
        ({"pause_days": 3}, AT, "They asked"),
        ({"pause_days": 3}, AT + timedelta(days=1), " "),
    ],
)
def test_a_pause_is_what_was_agreed(company, teo, run_background, terms, until, reason):
    an_agreement({"reply_minutes": 120} | terms)
    a_mail(a_person(owner=teo))
    run_background()
    with pytest.raises(actions.BadPause):
        actions.pause_clock(clock=the_clock(), until=until, reason=reason, by=teo, at=AT + MINUTE)


def test_a_running_clock_keeps_the_version_under_which_it_began(agreed, buyer, run_background):
    a_mail(buyer)
    run_background()
    head = agreed.signed_for_sales_by
    draft = actions.amend_agreement(values={"reply_minutes": 5}, by=head, at=AT)
    for side in ("marketing", "sales"):
        draft = actions.sign_agreement(agreement=draft, side=side, by=head, at=AT)
    actions.recount_promises(user_id=0)
    assert the_clock().due_at == AT + 2 * HOUR


def many_clocks(count, *, agreement, owner):
    deals = [
        Clock(
            kind="idle",
            deal_id=number,
            owner=owner,
            agreement=agreement,
            began_at=AT,
            since=AT,
            due_at=AT + timedelta(days=30),
            looks_at=AT + timedelta(days=30, minutes=-number % 60),
        )
        for number in range(1, count + 1)
    ]
    Clock.objects.bulk_create(deals)


def test_ten_thousand_running_clocks_are_one_look_into_an_index(
    agreed, teo, django_assert_num_queries
):
    many_clocks(10_000, agreement=agreed, owner=teo)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert "clock_looks" in Clock.objects.ringing(AT)[:500].explain()
    with transaction.atomic(), django_assert_num_queries(3):  # two of them are its savepoint
        assert actions.tend_clocks(at=AT) == []


@pytest.mark.parametrize("count", [2, 60])
def test_many_late_ones_cost_as_many_statements_as_two(
    agreed, teo, count, django_assert_max_num_queries
):
    many_clocks(count, agreement=agreed, owner=teo)
    with django_assert_max_num_queries(16):
        told = actions.tend_clocks(at=AT + timedelta(days=40))
    assert len(told) == count
