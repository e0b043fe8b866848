"""What each minute asks of the clocks that run: as much of thousands as of none."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.bulk import insert_rows, row_maker
from baton.core.notices.models import Notice
from baton.qualification.handoff import notices, tasks
from baton.qualification.handoff.models import Clock, Handoff
from baton.qualification.handoff.tests.factories import AT, a_rep, an_agreement
from baton.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TICK = (tasks.escalate_overdue, tasks.pass_on_absent, tasks.tell_clocks, tasks.tend_clocks)
EXPLAIN = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}
RUNNING = ("handoff_handoff", "handoff_clock")
SCANS = [f"{word} {table}" for word in ("SCAN", "Seq Scan on") for table in RUNNING]


@pytest.fixture
def agreed():
    return an_agreement({"ladder": {"sales_manager": 30}})


def running(count, *, agreement, rep, due_at):
    """Half of them wait for an answer, half for a first response; and as many other clocks."""
    person, handoff, clock = row_maker(Person), row_maker(Handoff), row_maker(Clock)
    people = insert_rows(
        Person, [person(full_name=f"P {n}", sort_key=f"p {n}") for n in range(count)]
    )
    leads = [
        handoff(
            person_id=one.pk,
            agreement_id=agreement.pk,
            lane="score",
            reason="Score",
            state="accepted" if one.pk % 2 else "offered",
            rep_id=rep.pk,
            made_at=AT - DAY,
            offered_at=AT - DAY,
            accept_due_at=AT if one.pk % 2 else due_at,
            escalates_at=due_at + DAY,
            respond_due_at=due_at if one.pk % 2 else None,
        )
        for one in people
    ]
    clocks = [
        clock(
            kind="reply",
            person_id=one.pk,
            agreement_id=agreement.pk,
            owner_id=rep.pk,
            began_at=AT,
            since=AT,
            due_at=due_at,
            looks_at=due_at,
        )
        for one in people
    ]
    insert_rows(Handoff, leads)
    insert_rows(Clock, clocks)


def tick(at):
    """What the worker does in a minute; what it asked."""
    with time_machine.travel(at, tick=False), CaptureQueriesContext(connection) as asked:
        for task in TICK:
            task.call()
    return [one["sql"] for one in asked]


def test_minute_in_which_nothing_is_due_looks_into_indexes_alone(agreed, teo):
    few = len(tick(AT + MINUTE))
    running(3000, agreement=agreed, rep=teo, due_at=AT + 30 * DAY)  # as few as tell a scan apart
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    asked = tick(AT + 2 * MINUTE)

    assert len(asked) == few
    selects = [sql for sql in asked if sql.startswith("SELECT") and "handoff_" in sql]
    assert len(selects) == 9
    plans = {plan_of(sql): sql for sql in selects}
    assert {plan: sql for plan, sql in plans.items() if any(scan in plan for scan in SCANS)} == {}


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_many_late_at_once_are_told_in_as_many_statements_as_two(agreed, teo):
    running(2, agreement=agreed, rep=teo, due_at=AT + DAY)
    few = len(tick(AT + DAY + MINUTE))
    running(40, agreement=agreed, rep=a_rep(), due_at=AT + DAY)

    many = len(tick(AT + DAY + 2 * MINUTE))

    assert many <= few
    assert Notice.objects.filter(kind="lead.late").count() == 42


def test_late_ones_beyond_the_first_bite_are_told_in_the_next_minute(agreed, teo, monkeypatch):
    monkeypatch.setattr(notices, "MOST", 2)
    running(10, agreement=agreed, rep=teo, due_at=AT + DAY)

    told = [notices.tell_late(at=AT + DAY + n * MINUTE) for n in range(4)]

    assert told == [4, 4, 2, 0]
    assert Notice.objects.filter(kind="lead.late").count() == 10
