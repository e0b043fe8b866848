"""A handoff of the past: who was asked, what they did, how it ended, and what was due when."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from baton.core.access.models import User
from baton.core.worktime.rules import BusinessHours
from baton.qualification.handoff.models import Agreement
from baton.qualification.handoff.queries.briefs import Source
from baton.qualification.handoff.rules import (
    DISQUALIFY,
    REJECT,
    After,
    Kind,
    Lane,
    Outcome,
    State,
    accept_due,
    attempts_due,
    escalates_at,
    find_reason,
    response_due,
)
from baton.records.people.models import Person
from baton.records.timeline.actions import NewActivity


@dataclass(kw_only=True)
class PastOffer:
    """Who was asked, and what became of it; ``due_at`` by the clock of who was asked."""

    rep: User
    pool_id: int | None
    decision: dict[str, Any]
    at: datetime
    outcome: Outcome
    ended_at: datetime
    due_at: datetime


@dataclass(kw_only=True)
class PastHandoff:
    """One lead from the offer to its end; ``state`` ACCEPTED is still being worked on.

    The last offer's rep has it and answered when that offer ended. ``talks`` are theirs, in order.
    Of the kind *SDR to AE* it is ``handed_by`` somebody. ``back_at``: when what the agreement lets
    somebody come back by became so, before the day of their rest.
    """

    person: Person
    agreement: Agreement
    lane: Lane
    reason: str
    brief: dict[str, Any]
    source: Source
    at: datetime
    offers: list[PastOffer]
    state: State
    kind: Kind = Kind.MARKETING
    handed_by: User | None = None
    ended_at: datetime | None = None
    back_at: datetime | None = None
    fact_id: int | None = None
    talks: list[NewActivity] = field(default_factory=list)
    verdict: str = ""
    note: str = ""
    competitor: str = ""
    need: str = ""
    impact: str = ""

    @property
    def rep(self) -> User:
        return self.offers[-1].rep

    @property
    def answered_at(self) -> datetime:
        return self.offers[-1].ended_at

    @property
    def after(self) -> After | None:
        """Where the verdict sends the person; None: they go on, or stay an SQL of who qualified
        them."""
        if self.is_returned:
            return None
        if self.state == State.UNREACHABLE:
            return After.LEAD
        kinds = {State.REJECTED: REJECT, State.DISQUALIFIED: DISQUALIFY}
        among = kinds.get(self.state)
        return find_reason(self.verdict, among).after if among else None

    @property
    def is_returned(self) -> bool:
        """An executive turned down whom an SDR handed on."""
        return self.kind == Kind.EXECUTIVE and self.state == State.REJECTED

    @property
    def keeps_owner(self) -> bool:
        """Whoever talked to them stays theirs; who was turned down or never reached is nobody's."""
        return self.state not in {State.REJECTED, State.UNREACHABLE}


class Clocks:
    """When what was due, by the hours of each rep: read once."""

    def __init__(self, agreement: Agreement, hours: dict[int, BusinessHours]) -> None:
        self.terms, self.hours = agreement.terms(), hours

    def accept_due(self, rep: User, *, lane: Lane, at: datetime) -> datetime:
        return accept_due(at, lane=lane, terms=self.terms, hours=self.hours[rep.pk])

    def escalates_at(self, rep: User, *, lane: Lane, due: datetime) -> datetime:
        return escalates_at(due, lane=lane, terms=self.terms, hours=self.hours[rep.pk])

    def response_due(self, rep: User, *, lane: Lane, at: datetime) -> datetime:
        return response_due(at, lane=lane, terms=self.terms, hours=self.hours[rep.pk])

    def attempts_due(self, rep: User, *, at: datetime) -> datetime:
        return attempts_due(at, terms=self.terms, hours=self.hours[rep.pk])
