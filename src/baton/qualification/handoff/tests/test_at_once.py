"""Two at the same moment, each on a connection of their own: one wins, nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from baton.core.changes.models import Change
from baton.core.errors import RuleViolation
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.core.settings.actions import set_up_organisation
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions.regretting import one_answer
from baton.qualification.handoff.models import Agreement, Clock, Handoff, Offer, PoolMember
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_form_sent,
    a_handoff,
    a_mail,
    a_rep,
    an_agreement,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="an in-memory database has one connection"
    ),
]


@pytest.fixture(autouse=True)
def _house():
    set_up_organisation(name="Fennmark", zone="Europe/Berlin")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each returned, or the refusal that it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        except RuleViolation as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def closing(act: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    return run


def facts(name: str) -> int:
    return FactRecord.objects.filter(name=name).count()


def test_two_reps_take_from_the_queue_and_one_wins():
    teo, ravi = a_rep("Teo"), a_rep("Ravi")
    actions.ensure_pools(at=AT)
    lead = a_handoff()

    def take(rep):
        return lambda: actions.accept_handoff(handoff=lead, by=rep, at=AT)

    results = together(take(teo), take(ravi))

    winner = Handoff.objects.get().rep
    [refusal] = [result for result in results if isinstance(result, RuleViolation)]
    assert f"{winner} accepted this lead" in str(refusal)
    assert Person.objects.get().owner == winner
    assert facts("handoff.accepted") == 1


def test_lead_taken_back_and_accepted_by_a_colleague_at_once_is_with_one_of_them():
    teo, ravi = a_rep("Teo"), a_rep("Ravi")
    a_default_pool(teo, ravi)
    lead = a_handoff(rep=teo)
    actions.reject_handoff(handoff=lead, reason="wrong_territory", by=teo, at=AT, batch=new_key())

    results = together(
        lambda: actions.undo_answer(handoff=lead, by=teo, at=AT),
        lambda: actions.accept_handoff(handoff=lead, by=ravi, at=AT),
    )

    now = Handoff.objects.select_related("rep").get()
    [refusal] = [result for result in results if isinstance(result, RuleViolation)]
    assert (now.rep, now.state) in [(teo, "offered"), (ravi, "accepted")]
    assert str(now.rep) in str(refusal)
    assert Offer.objects.filter(ended_at=None).count() == (now.state == "offered")


def test_acceptance_and_silence_at_once_leave_one_of_them():
    teo, ravi = a_rep("Teo"), a_rep("Ravi")
    a_default_pool(teo)
    lead = a_handoff()
    a_default_pool(ravi)
    late = AT + timedelta(hours=1)

    together(
        lambda: actions.accept_handoff(handoff=lead, by=teo, at=late),
        lambda: actions.escalate_overdue(at=late),
        lambda: actions.escalate_overdue(at=late),
    )

    lead.refresh_from_db()
    accepted = (lead.rep, lead.state, lead.round, facts("handoff.escalated"))
    assert accepted in [(teo, "accepted", 1, 0), (ravi, "offered", 2, 1)]


def test_two_sweepers_pass_each_lead_on_once():
    a_default_pool(a_rep())
    for _ in range(4):
        a_handoff()
    a_default_pool(a_rep())
    late = AT + timedelta(hours=1)

    counts = together(*[lambda: actions.escalate_overdue(at=late)] * 3)

    assert sum(counts) == 4
    assert facts("handoff.escalated") == 4


def test_same_form_heard_twice_at_once_hands_off_once():
    a_default_pool(a_rep())
    an_agreement()
    person = a_person()
    form = a_form_sent(person)

    together(*[lambda: actions.qualify_person(person_id=person.pk, form=form, at=AT)] * 3)

    assert (Handoff.objects.count(), Offer.objects.count()) == (1, 1)


def test_leads_routed_at_once_take_turns():
    reps = [a_rep(), a_rep(), a_rep()]
    pool = a_default_pool(*reps)
    an_agreement()
    people = [a_person() for _ in range(6)]
    forms = {person.pk: a_form_sent(person) for person in people}

    def hand_off(person):
        return lambda: actions.qualify_person(person_id=person.pk, form=forms[person.pk], at=AT)

    together(*[hand_off(person) for person in people])

    offered = list(Handoff.objects.values_list("rep", flat=True))
    assert sorted(offered.count(rep.pk) for rep in reps) == [2, 2, 2]
    credit = PoolMember.objects.filter(pool=pool).values_list("credit", flat=True)
    assert list(credit) == pytest.approx([0, 0, 0])


def test_of_two_first_proposals_one_reads_that_somebody_was_faster():
    def propose():
        return actions.amend_agreement(values={"attempts": 4}, by=None, at=AT)

    answers = together(propose, propose)

    assert Agreement.objects.count() == 1
    assert all(isinstance(one, Agreement | actions.StaleTerms) for one in answers)


def test_two_workers_write_down_once_that_an_answer_is_late():
    an_agreement({"reply_minutes": 60})
    for _ in range(5):
        a_mail(a_person(owner=a_rep()))
    for record in FactRecord.objects.filter(name="activity.logged"):
        actions.note_message(fact=record.as_fact())
    at = AT + timedelta(hours=3)
    told = together(*[lambda: actions.tend_clocks(at=at)] * 2)
    assert sorted(len(one) for one in told) == [0, 5]
    assert facts("clock.ran_out") == 5


def test_two_workers_begin_one_clock_for_one_message():
    an_agreement({"reply_minutes": 60})
    a_mail(a_person(owner=a_rep()))
    fact = FactRecord.objects.get(name="activity.logged").as_fact()
    together(*[lambda: actions.note_message(fact=fact)] * 2)
    clock = Clock.objects.get()
    assert clock.count == 1


def test_turns_that_another_act_would_spend_meanwhile_are_nobodys_to_give_back():
    rep = a_rep()
    a_default_pool(rep)
    an_agreement()
    lead = a_handoff(rep=rep)

    def spend():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            return PoolMember.objects.update(credit=9)

    with (
        transaction.atomic(),
        one_answer(lead, batch=new_key(), by=rep, at=AT, takes_turn=True),
        ThreadPoolExecutor(1) as pool,
        pytest.raises(OperationalError),
    ):
        pool.submit(closing(spend)).result()

    assert Change.objects.get(object_type="handoff").before["turns"] == {}
