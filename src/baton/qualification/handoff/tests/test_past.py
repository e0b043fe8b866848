"""Handoffs of the past: to executives, and who came back from a rest by its condition."""

from datetime import timedelta

import pytest

from baton.core.calendars.queries import HoursBook
from baton.core.facts.models import FactRecord
from baton.qualification.handoff import actions
from baton.qualification.handoff.actions import Clocks, PastHandoff, PastOffer
from baton.qualification.handoff.models import Handoff, Rest
from baton.qualification.handoff.queries.briefs import Source
from baton.qualification.handoff.rules import Kind, Lane, Outcome, State
from baton.qualification.handoff.tests.factories import (
    AT,
    a_rep,
    an_agreement,
    an_executives_agreement,
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN = {"all": [{"field": "person.prices_seen_at", "op": "in_last_days", "value": 3}]}
SCORE = {"score": 75, "fit": 40, "engagement": 35, "parts": []}


def a_past(person, rep, *, agreement, state, at=AT, **over):
    outcome = Outcome.REJECTED if state == State.REJECTED else Outcome.ACCEPTED
    offer = PastOffer(
        rep=rep,
        pool_id=None,
        decision={},
        at=at,
        outcome=outcome,
        ended_at=at + HOUR,
        due_at=at + 2 * HOUR,
    )
    said = {
        "lane": Lane.SCORE,
        "reason": "Guide",
        "ended_at": at + (HOUR if state == State.REJECTED else DAY),
        "brief": {"score": SCORE},
        "source": Source(channel="", campaign=""),
    }
    return PastHandoff(
        person=person, agreement=agreement, at=at, offers=[offer], state=state, **(said | over)
    )


def record(*past, agreement, reps):
    book = HoursBook(reps)
    clocks = Clocks(agreement, {rep.pk: book.of(rep) for rep in reps})
    return actions.record_handoffs(past=past, clocks=clocks, at=AT + 100 * DAY)


def names(person):
    told = FactRecord.objects.filter(person_id=person.pk, name__startswith="handoff.")
    return list(told.order_by("happened_at", "pk").values_list("name", flat=True))


def test_executive_who_takes_over_owns_them_and_who_turns_down_gives_them_back():
    sdr, ae = a_rep("Ravi"), a_rep("Nils")
    agreement = an_executives_agreement(ae)
    taken, back = a_person(owner=sdr), a_person(owner=sdr)
    same = {"kind": Kind.EXECUTIVE, "handed_by": sdr, "agreement": agreement}

    record(
        a_past(taken, ae, state=State.QUALIFIED, **same),
        a_past(back, ae, state=State.REJECTED, verdict="no_meeting", **same),
        agreement=agreement,
        reps=[ae],
    )

    assert names(taken) == [
        "handoff.handed_on",
        "handoff.offered",
        "handoff.taken_over",
        "handoff.answered",
    ]
    assert names(back) == ["handoff.handed_on", "handoff.offered", "handoff.handed_back"]
    owners = dict(Person.objects.values_list("pk", "owner__name"))
    assert owners == {taken.pk: "Nils", back.pk: "Ravi"}
    assert not Rest.objects.exists()
    assert Handoff.objects.to_sales().count() == 0


def test_who_came_back_by_a_condition_is_told_as_what():
    teo = a_rep("Teo")
    agreement = an_agreement({"rest_conditions": {"no_budget": SEEN}})
    person = a_person()
    first = a_past(
        person,
        teo,
        agreement=agreement,
        state=State.DISQUALIFIED,
        verdict="no_budget",
        back_at=AT + 9 * DAY,
    )
    [before] = record(first, agreement=agreement, reps=[teo])
    again = a_past(
        person, teo, agreement=agreement, state=State.QUALIFIED, at=AT + 9 * DAY, need="x"
    )
    clocks = Clocks(agreement, {teo.pk: HoursBook([teo]).of(teo)})

    [row] = actions.record_returns(returns=[(again, before)], clocks=clocks, at=AT + 100 * DAY)

    rest = Rest.objects.get()
    assert (rest.condition, rest.met_at, rest.led_to) == (SEEN, AT + 9 * DAY, row)
    assert rest.ended_at == AT + 9 * DAY
    told = FactRecord.objects.get(name="person.recycled")
    assert "prices" in told.payload["condition"]
