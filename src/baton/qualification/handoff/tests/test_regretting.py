"""Who answered a lead thinks better of it: the lead is offered as if nothing had been."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.models import Share, User
from baton.core.audit.queries import describe
from baton.core.changes.actions import NothingToUndo
from baton.core.changes.actions import undo as undo_act
from baton.core.changes.models import Change
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.core.notices.actions import read_notices
from baton.core.notices.models import Notice
from baton.marketing.campaigns.tests.factories import a_campaign
from baton.qualification.handoff import actions
from baton.qualification.handoff.models import Handoff, Offer, PoolMember, Rest
from baton.qualification.handoff.queries import agreement_in_force
from baton.qualification.handoff.queries.attainment import attainment
from baton.qualification.handoff.tests.factories import (
    AT,
    a_default_pool,
    a_handoff,
    an_agreement,
    an_executives_agreement,
)
from baton.qualification.lifecycle import actions as lifecycle
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.records.timeline.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
MINUTE = timedelta(minutes=1)
OF_UNDO = ("handoff.answer_undone", "fact.retracted", "person.owner_changed")


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(AT + MINUTE, tick=False):
        yield


def rows(model, *left_out):
    names = [one.attname for one in model._meta.concrete_fields if one.attname not in left_out]
    return list(model.objects.order_by("pk").values_list(*names))


def picture(reader):
    """Everything that an answer may move."""
    agreement = agreement_in_force()
    facts = FactRecord.objects.standing().exclude(name__in=OF_UNDO)
    return {
        "handoffs": rows(Handoff),
        "offers": rows(Offer),
        "rests": rows(Rest),
        "turns": rows(PoolMember),
        "shares": rows(Share, "id", "shared_at"),
        "stages": rows(StageChange),
        "people": list(Person.objects.values_list("pk", "stage", "stage_at", "owner")),
        "tasks": list(Task.objects.living().values_list("title")),
        "facts": list(facts.values_list("name", "person_id")),
        "kept": attainment(user=reader, agreement=agreement, day=AT.date(), at=AT + MINUTE),
    }


def accept(lead, by):
    return actions.accept_handoff(handoff=lead, by=by, at=AT + MINUTE, batch=new_key())


def reject(lead, by, reason="no_fit", **said):
    said |= {"reason": reason, "at": AT + MINUTE, "batch": new_key()}
    return actions.reject_handoff(handoff=lead, by=by, **said)


def undo(lead, by, at=AT + 2 * MINUTE):
    return actions.undo_answer(handoff=lead, by=by, at=at)


@pytest.mark.parametrize(
    "answer",
    [
        accept,
        reject,
        lambda lead, by: reject(lead, by, reason="not_a_buyer"),
        lambda lead, by: reject(lead, by, reason="wrong_territory", note="Lyon"),
    ],
)
def test_lead_is_as_if_it_had_not_been_answered(answer, teo, ravi, admin, run_background):
    a_default_pool(teo, ravi)
    lead = a_handoff()
    run_background()
    before = picture(admin)

    answer(lead, lead.rep)
    run_background()
    answered = picture(admin)
    undo(lead, lead.rep)
    run_background()

    assert answered["handoffs"] != before["handoffs"]
    assert answered["facts"] != before["facts"]
    assert picture(admin) == before
    with pytest.raises(NothingToUndo):
        undo(lead, lead.rep)
    assert accept(lead, lead.rep).state == "accepted"


def test_what_an_executive_turned_down_is_offered_to_them_again(teo, ravi, admin, run_background):
    a_default_pool(teo)
    an_agreement()
    an_executives_agreement(ravi)
    first = a_handoff()
    actions.confirm_need(person=first.person, need="Meters", impact="Costs", by=teo, at=AT)
    lead = Handoff.objects.open().get()
    run_background()
    before = picture(admin)

    reject(lead, ravi, reason="need_unclear")
    told = picture(admin)["tasks"]
    undo(lead, ravi)
    run_background()

    assert len(told) == len(before["tasks"]) + 1
    assert picture(admin) == before


def test_marketing_is_told_nothing_or_that_it_is_taken_back(teo, marketer, run_background):
    a_default_pool(teo)
    a_campaign(code="fair", owner=marketer)
    lead = a_handoff()
    Handoff.objects.update(campaign="fair")
    theirs = Notice.objects.filter(user=marketer)

    for is_read in (False, True):
        reject(lead, teo)
        run_background()
        if is_read:
            read_notices(theirs, at=AT + MINUTE)
        undo(lead, teo)
        run_background()
        if not is_read:
            assert not theirs.exists()

    assert list(theirs.order_by("pk").values_list("kind", flat=True)) == [
        "lead.rejected",
        "lead.answer_undone",
    ]


def logged(lead, by, marketer):
    actions.log_contact(
        handoff=lead, kind="call", outcome="conversation", note="", by=by, at=AT + 2 * MINUTE
    )


def called_in_vain(lead, by, marketer):
    actions.log_contact(
        handoff=lead, kind="call", outcome="unanswered", note="", by=by, at=AT + 2 * MINUTE
    )


def qualified(lead, by, marketer):
    actions.confirm_need(person=lead.person, need="Meters", impact="Costs", by=by, at=AT + MINUTE)


def moved_by_hand(lead, by, marketer):
    lifecycle.move_by_hand(
        person=lead.person, to_stage="customer", reason="Bought", by=by, at=AT + 2 * MINUTE
    )


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (logged, "called or written to them since"),
        (called_in_vain, "called or written to them since"),
        (qualified, "called or written to them since"),
        (moved_by_hand, "another stage since"),
    ],
)
def test_acceptance_stays_once_something_was_built_on_it(then, words, teo, ravi, marketer):
    a_default_pool(teo, ravi)
    lead = a_handoff(rep=teo)
    then(accept(lead, teo), teo, marketer)
    before = rows(Handoff)

    with pytest.raises(actions.AlreadyAnswered) as no:
        undo(lead, teo)

    assert words in str(no.value)
    assert rows(Handoff) == before


def test_rejection_stays_once_somebody_answered_it_or_the_hour_is_over(teo, ravi, marketer):
    a_default_pool(teo, ravi)
    answered, again, late, sent_on, given = (a_handoff(rep=teo) for _ in range(5))
    for one in (answered, again, late):
        reject(one, teo)
    for one in (sent_on, given):
        reject(one, teo, reason="wrong_territory")
    actions.reply_to_verdict(handoff=answered, kind="agreed", by=marketer, at=AT + 2 * MINUTE)
    a_handoff(person=again.person, at=AT + 2 * MINUTE)
    accept(sent_on, ravi)
    actions.give_to(handoff=given, rep=teo, by=ravi, at=AT + 2 * MINUTE)

    for lead, words in (
        (answered, "Marketing has answered"),
        (again, "handed over again"),
        (sent_on, "Ravi accepted this lead"),
        (given, "This lead is with Teo"),
    ):
        with pytest.raises((actions.AlreadyAnswered, actions.NotYours), match=words):
            undo(lead, teo)
    with pytest.raises(NothingToUndo, match="more than an hour"):
        undo(late, teo, at=AT + 62 * MINUTE)
    with pytest.raises(NothingToUndo):
        undo(late, ravi)


@pytest.mark.parametrize(
    "left", [{"is_active": False}, {"deleted_at": AT}, {"role": "marketer"}], ids=str
)
def test_who_can_answer_no_more_gets_neither_the_lead_nor_the_person_back(left, teo, ravi, admin):
    a_default_pool(teo, ravi)
    lead = a_handoff(person=a_person(owner=teo), rep=teo)
    accept(lead, admin)
    User.objects.filter(pk=teo.pk).update(**left)

    undone = undo(lead, admin)

    assert (undone.state, undone.rep, undone.round) == ("offered", ravi, 2)
    assert Person.objects.get().owner == (teo if "role" in left else None)
    assert undone.offers.get(round=1).outcome == "moved"


def test_rest_that_a_rejection_ended_runs_on(teo):
    a_default_pool(teo)
    lead = a_handoff(rep=teo)
    Rest.objects.create(person=lead.person, until=AT + timedelta(days=9))
    before = rows(Rest)

    undo(reject(lead, teo), teo)

    assert rows(Rest) == before


def test_toast_takes_it_back_and_the_api_too(teo, ravi, admin, signed_in, api_client):
    a_default_pool(teo)
    lead = a_handoff()
    browser, page = signed_in(teo), reverse("handoff:lead", args=[lead.key])
    back = reverse("handoff:undo", args=[lead.key])
    nobodys = signed_in(ravi).post(back).status_code

    accepted = browser.post(reverse("handoff:accept", args=[lead.key]), follow=True)
    undone = browser.post(back, follow=True)
    again = browser.post(back, follow=True)
    rejected = browser.post(
        reverse("handoff:reject", args=[lead.key]), {"reason": "no_fit"}, follow=True
    )

    assert nobodys == 404
    history = list(Change.objects.filter(object_type="handoff"))
    describe(history, user=admin)
    assert {vars(one)["record"] for one in history} == {lead.person.full_name}
    assert back in accepted.text
    assert undone.redirect_chain[-1][0] == page
    assert "Taken back" in undone.text
    assert "nothing to undo" in again.text
    assert back in rejected.text
    url = f"/api/v1/handoff/{lead.key}/undo/"
    done = api_client(teo).post(url)
    assert (done.status_code, done.json()["state"]) == (200, "offered")
    assert api_client(teo).post(url).status_code == 409
    assert api_client(ravi).post(url).status_code == 404


def test_nothing_is_taken_back_of_what_a_call_accepted(teo):
    a_default_pool(teo)
    an_agreement()
    lead = a_handoff(person=a_person())
    logged(lead, teo, None)

    with pytest.raises(NothingToUndo):
        undo(lead, teo)


def test_history_takes_back_all_of_an_answer(teo):
    a_default_pool(teo)
    lead = a_handoff()
    accept(lead, teo)
    batch = Change.objects.get(object_type="handoff").batch

    undo_act(batch=batch, by=teo, at=AT + 2 * MINUTE)

    assert Handoff.objects.get().state == "offered"
    assert Person.objects.get().stage == "mql"
