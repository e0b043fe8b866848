"""A small story written straight into the tables that the reports read."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from baton.core.access.models import User
from baton.qualification.handoff.models import Agreement, Handoff
from baton.qualification.lifecycle.models import StageChange
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person
from baton.sales.deals.models import Deal, Pipeline, Stage


def a_lead(*, at: datetime = AT, steps: dict[str, float] | None = None, **over: Any) -> Person:
    """A person who became a lead ``at`` and reached each step so many days later."""
    owner: User | None = over.pop("stage_owner", None)
    person = a_person(at=at, **over)
    StageChange.objects.filter(person=person).delete()
    for stage, days in {"lead": 0.0, **(steps or {})}.items():
        StageChange.objects.create(
            person=person,
            to_stage=stage,
            at=at + timedelta(days=days),
            cause="test",
            owner=owner if stage != "lead" else None,
        )
    Person.objects.filter(pk=person.pk).update(lead_at=at)
    return person


def a_stage(kind: str) -> Stage:
    """The stage of that kind in the one pipeline of the tests."""
    pipeline, _ = Pipeline.objects.get_or_create(name="Test")
    stage, _ = Stage.objects.get_or_create(
        pipeline=pipeline, kind=kind, defaults={"name": kind, "position": 1, "probability": 50}
    )
    return stage


def a_deal_in(stage: Stage, *, amount: int | None = 1000, **over: Any) -> Deal:
    """A deal in that stage; amounts are base money."""
    money = None if amount is None else Decimal(amount)
    usual: dict[str, Any] = {
        "name": "A deal",
        "currency": "EUR",
        "opened_at": AT,
        "closed_at": None if stage.kind == "open" else AT + timedelta(days=10),
        "reason": "price" if stage.kind == "lost" else "",
        "base_amount": money,
    }
    return Deal.objects.create(stage=stage, state=stage.kind, amount=money, **{**usual, **over})


def a_deal(
    person: Person | None, *, state: str = "open", amount: int | None = 1000, **over: Any
) -> Deal:
    """A deal in a stage of that kind."""
    return a_deal_in(a_stage(state), person=person, amount=amount, **over)


def a_refusal(
    person: Person, *, reason: str, rep: User | None = None, at: datetime = AT
) -> Handoff:
    """A handoff that somebody turned down."""
    agreement, _ = Agreement.objects.get_or_create(
        version=1,
        defaults={
            "threshold": 70,
            "accept_minutes": 60,
            "respond_minutes": 240,
            "hand_raise_accept_minutes": 15,
            "hand_raise_respond_minutes": 60,
            "attempts": 3,
            "attempt_days": 5,
            "recycle_days": 30,
        },
    )
    return Handoff.objects.create(
        person=person,
        agreement=agreement,
        lane="score",
        reason="Score 74",
        state="rejected",
        rep=rep,
        made_at=at,
        offered_at=at,
        accept_due_at=at,
        answered_at=at,
        closed_at=at,
        verdict=reason,
    )


def a_silence(
    person: Person, *, rep: User | None = None, at: datetime = AT, lane: str = "score"
) -> Handoff:
    """A handoff whose time ran out, and nobody answered."""
    silent = a_refusal(person, reason="", rep=rep, at=at)
    silent.state, silent.lane, silent.answered_at, silent.closed_at = "offered", lane, None, None
    silent.save()
    return silent


def a_story(*, rep: User, outsider: User) -> None:
    """Won, lost, refused, inferred, found by sales; with two reps and beyond one's sight."""
    won = a_lead(
        owner=rep,
        channel="search",
        campaign="spring",
        landing_page="/p/a",
        steps={"mql": 1, "sal": 2, "sql": 4, "opportunity": 6, "customer": 30},
        stage_owner=rep,
    )
    a_deal(won, state="won", amount=5000, owner=rep)
    lost = a_lead(owner=rep, channel="search", steps={"mql": 1, "opportunity": 9}, stage_owner=rep)
    a_deal(lost, state="lost", amount=700, owner=rep)
    a_deal(lost, state="lost", amount=None, owner=outsider)
    refused = a_lead(owner=rep, channel="email", campaign="spring", steps={"mql": 1})
    a_refusal(refused, reason="no_fit", rep=rep)
    a_refusal(refused, reason="no_fit", rep=rep, at=AT + timedelta(days=9))
    found = a_lead(owner=rep, origin="sales", steps={"sql": 3}, stage_owner=rep)
    a_deal(found, amount=900, owner=rep, opened_at=AT + timedelta(days=70))
    a_lead(owner=rep, at=AT + timedelta(days=60), steps={"other": 3})
    hidden = a_lead(owner=outsider, channel="search", steps={"mql": 1})
    for silent in (lost, hidden):
        a_silence(silent, rep=silent.owner, at=AT + timedelta(days=20))
