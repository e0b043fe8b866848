"""Customers of the past, told in a handful of statements: handover, plan, contract, and what they
said of us. The same rows and facts as the single acts make, each at its own time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from operator import attrgetter

from django.db import transaction

from baton.core.access.actions import share_each
from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.changes.actions import record_each
from baton.core.facts import publish_many
from baton.qualification.handoff.models import Agreement
from baton.sales.customers.actions.holding import CAUSE, KIND, about
from baton.sales.customers.actions.promising import call_due, promise
from baton.sales.customers.events import (
    Churned,
    CustomerAccepted,
    CustomerCalled,
    CustomerFact,
    CustomerStarted,
    FirstValue,
    StepDone,
    SurveyAnswered,
)
from baton.sales.customers.models import Customer, Step, Survey
from baton.sales.customers.queries import terms
from baton.sales.customers.rules import Handover, SurveyKind
from baton.sales.deals.models import Deal

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class PastStep:
    """Of the plan: due, and done by whose it was, if it is."""

    name: str
    whose: str
    due_on: date
    by: User
    done_at: datetime | None


@dataclass(kw_only=True)
class PastCustomer:
    """From the won deal on. Who sold it and keeps it is handed nothing; what is None has not
    happened. The contract is worth what the deal was."""

    deal: Deal
    owner: User
    seller: User
    started_at: datetime
    note: str = ""
    accepted_at: datetime | None = None
    called_at: datetime | None = None
    steps: list[PastStep] = field(default_factory=list)
    first_value_on: date | None = None
    ends_on: date | None = None
    churned_at: datetime | None = None
    churn_reason: str = ""
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    score: int | None = None
    comment: str = ""


Told = Sequence[tuple[PastCustomer, Customer]]


@transaction.atomic
def record_customers(
    *, past: Sequence[PastCustomer], book: HoursBook, at: datetime
) -> list[Customer]:
    """Write them down in this order: nobody is a customer yet. ``book``: the hours of all owners.
    What is shown of them follows by ``refresh``."""
    agreed = terms()
    rows = [_row(one, agreed=agreed, book=book) for one in past]
    Customer.objects.bulk_create(rows, batch_size=CHUNK)
    told = list(zip(past, rows, strict=True))
    record_each([row.pk for row in rows], object_type=KIND, verb="created", by=None, at=at)
    for kind, name in (("company", "company_id"), ("person", "person_id")):
        readers = {getattr(row, name): one.owner for one, row in told if getattr(row, name)}
        share_each(object_type=kind, readers=readers, cause=CAUSE, at=at)
    Step.objects.bulk_create(_steps(told), batch_size=CHUNK)
    Survey.objects.bulk_create(_surveys(told), batch_size=CHUNK)
    facts = [fact for pair in told for fact in _facts(*pair)]
    publish_many(sorted(facts, key=attrgetter("happened_at")))
    return rows


def _row(one: PastCustomer, *, agreed: Agreement, book: HoursBook) -> Customer:
    deal = one.deal
    row = Customer(
        company_id=deal.company_id,
        person_id=deal.person_id,
        deal=deal,
        owner=one.owner,
        seller=one.seller,
        started_at=one.started_at,
        note=one.note,
        first_value_on=one.first_value_on,
        contract_ends_on=one.ends_on,
        contract_amount=deal.amount if one.ends_on else None,
        contract_currency=deal.currency if one.ends_on else "",
        churned_on=one.churned_at.date() if one.churned_at else None,
        churn_reason=one.churn_reason,
    )
    if one.owner.pk != one.seller.pk:
        _hand_over(row, one, agreed=agreed, book=book)
    return row


def _hand_over(row: Customer, one: PastCustomer, *, agreed: Agreement, book: HoursBook) -> None:
    hours = book.of(one.owner)
    promise(row, agreed=agreed, book=book, at=one.started_at)
    if one.accepted_at is None or row.accept_due_at is None:
        return
    row.handover, row.accepted_at = Handover.ACCEPTED.value, one.accepted_at
    row.accept_late = one.accepted_at > row.accept_due_at
    row.call_due_at = call_due(row, at=one.accepted_at, hours=hours)
    if one.called_at:
        row.handover, row.called_at = Handover.DONE.value, one.called_at
        row.call_late = one.called_at > row.call_due_at


def _steps(told: Told) -> Iterator[Step]:
    for one, row in told:
        for step in one.steps:
            yield Step(
                customer=row,
                name=step.name,
                whose=step.whose,
                due_on=step.due_on,
                done_at=step.done_at,
                done_by=step.by if step.done_at else None,
            )


def _surveys(told: Told) -> Iterator[Survey]:
    for one, row in told:
        if one.asked_at and row.person_id:
            yield Survey(
                customer=row,
                person_id=row.person_id,
                kind=SurveyKind.NPS.value,
                asked_at=one.asked_at,
                asked_by=one.owner,
                answered_at=one.answered_at,
                score=one.score,
                comment=one.comment,
                answers=1 if one.answered_at else 0,
            )


def _facts(one: PastCustomer, row: Customer) -> Iterator[CustomerFact]:
    whom, owner = about(row), one.owner.pk
    yield CustomerStarted(
        happened_at=one.started_at,
        actor_id=one.seller.pk,
        owner_id=owner,
        seller_id=one.seller.pk,
        **whom,
    )
    if row.accepted_at:
        late = row.accept_late
        yield CustomerAccepted(
            happened_at=row.accepted_at, actor_id=owner, owner_id=owner, is_late=late, **whom
        )
    if row.called_at:
        late = row.call_late
        yield CustomerCalled(
            happened_at=row.called_at, actor_id=owner, owner_id=owner, is_late=late, **whom
        )
    for step in one.steps:
        if step.done_at:
            by = step.by.pk
            yield StepDone(happened_at=step.done_at, actor_id=by, step=step.name, **whom)
    yield from _said(one, row)


def _said(one: PastCustomer, row: Customer) -> Iterator[CustomerFact]:
    """When they had use of it, how content they are, and that they are gone."""
    whom = about(row)
    if one.first_value_on:
        noon = datetime.combine(one.first_value_on, time(12), UTC)
        days = (one.first_value_on - one.started_at.date()).days
        on = one.first_value_on.isoformat()
        yield FirstValue(happened_at=noon, actor_id=one.owner.pk, on=on, days=days, **whom)
    if one.answered_at and one.score is not None:
        yield SurveyAnswered(
            happened_at=one.answered_at,
            kind=SurveyKind.NPS.value,
            score=one.score,
            comment=one.comment,
            **whom,
        )
    if one.churned_at:
        on = one.churned_at.date().isoformat()
        reason, by = one.churn_reason, one.owner.pk
        yield Churned(happened_at=one.churned_at, actor_id=by, on=on, reason=reason, **whom)
