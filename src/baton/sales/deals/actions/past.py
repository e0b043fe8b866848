"""Deals of the past with all their stages, told in a handful of statements.

The same rows and facts as opening, moving and closing make one by one, each at its own time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import plain, record_changes
from baton.core.changes.models import Change
from baton.core.facts import Fact, publish_many
from baton.core.money.queries import rates_into
from baton.core.settings.queries import organisation
from baton.qualification.lifecycle.actions import NewMove, move_people
from baton.qualification.lifecycle.rules import Stage as Lifecycle
from baton.records.people.models import Person
from baton.records.purchases.models import Product
from baton.sales.deals.actions.holding import about, check_amount, written
from baton.sales.deals.events import DealLost, DealMoved, DealOpened, DealWon
from baton.sales.deals.models import Deal, DealLine, Stage, StageEntry
from baton.sales.deals.rules import StageKind
from baton.sales.deals.words import local_day

CHUNK = 500
MOVES = {DealOpened: Lifecycle.OPPORTUNITY, DealWon: Lifecycle.CUSTOMER, DealLost: Lifecycle.LEAD}


@dataclass(frozen=True, kw_only=True)
class PastDeal:
    """``stays``: each stage and since when, the first one being where it was opened.

    In the company's currency; the lines, if any, come to the amount.
    """

    name: str
    person: Person
    owner: User
    stays: list[tuple[Stage, datetime]]
    amount: Decimal | None
    lines: list[tuple[Product, int]] = field(default_factory=list)
    close_on: date | None = None
    next_step: str = ""
    next_step_on: date | None = None
    reason: str = ""
    competitor: str = ""
    objection: str = ""


@transaction.atomic
def record_deals(*, past: Sequence[PastDeal]) -> list[Deal]:
    """Write them down in this order: the only deal of each buyer."""
    rows = _valued([_row(one) for one in past])
    Deal.objects.bulk_create(rows, batch_size=CHUNK)
    told = list(zip(past, rows, strict=True))
    DealLine.objects.bulk_create(_lines(told), batch_size=CHUNK)
    StageEntry.objects.bulk_create(_entries(told), batch_size=CHUNK)
    record_changes(change for one, row in told for change in _history(one, row))
    facts = publish_many(fact for one, row in told for fact in _facts(one, row))
    owners = {row.pk: row.owner_id for row in rows}
    move_people(moves=[_move(fact, owners) for fact in facts if type(fact) in MOVES])
    return rows


def _row(one: PastDeal) -> Deal:
    (_first, opened_at), (stage, stage_at) = one.stays[0], one.stays[-1]
    is_open = stage.kind == StageKind.OPEN
    return Deal(
        name=one.name,
        sort_key=one.name.casefold()[:200],
        person=one.person,
        company_id=one.person.company_id,
        owner=one.owner,
        stage=stage,
        stage_at=stage_at,
        stage_version=len(one.stays),
        version=len(one.stays),
        state=stage.kind,
        amount=check_amount(one.amount),
        currency=organisation().base_currency,
        opened_at=opened_at,
        touched_at=stage_at,
        close_on=one.close_on,
        closed_at=None if is_open else stage_at,
        next_step=one.next_step,
        next_step_on=one.next_step_on,
        reason=one.reason,
        competitor=one.competitor,
        objection=one.objection,
    )


def _valued(rows: list[Deal]) -> list[Deal]:
    """Amounts in the company's currency, all with one query."""
    company = organisation()
    book = rates_into(company.base_currency)
    for row in rows:
        if row.amount is not None and row.opened_at:
            on = local_day(row.closed_at or row.opened_at, zone=company.zone)
            valued = book.in_base(row.amount, currency=row.currency, on=on)
            row.base_amount, row.rate_on = valued.amount, valued.rate_on
    return rows


Told = Sequence[tuple[PastDeal, Deal]]


def _lines(told: Told) -> Iterator[DealLine]:
    for one, row in told:
        for place, (product, count) in enumerate(one.lines):
            yield DealLine(
                deal=row,
                product=product,
                quantity=Decimal(count),
                price=product.price,
                position=place,
            )


def _entries(told: Told) -> Iterator[StageEntry]:
    for one, row in told:
        leaves = [at for _stage, at in one.stays[1:]]
        for (stage, since), until in zip(one.stays, [*leaves, None], strict=True):
            yield StageEntry(
                deal=row, stage=stage, entered_at=since, left_at=until, by_id=row.owner_id
            )


def _history(one: PastDeal, row: Deal) -> Iterator[Change]:
    same: dict[str, Any] = {"object_type": "deal", "object_id": row.pk, "by_id": row.owner_id}
    after = {"name": row.name, "amount": plain(row.amount), "owner": row.owner_id}
    yield Change(verb="created", after=after, at=one.stays[0][1], **same)
    for (former, _since), (stage, at) in zip(one.stays, one.stays[1:], strict=False):
        yield Change(
            verb="edited", before={"stage": former.pk}, after={"stage": stage.pk}, at=at, **same
        )


def _facts(one: PastDeal, row: Deal) -> Iterator[Fact]:
    by: dict[str, Any] = {"actor_id": row.owner_id, **about(row)}
    stage, opened_at = one.stays[0]
    money: dict[str, Any] = {"amount": written(row.amount), "currency": row.currency}
    yield DealOpened(happened_at=opened_at, title=row.name, stage=stage.name, **money, **by)
    for (former, _since), (stage, at) in zip(one.stays, one.stays[1:], strict=False):
        if stage.kind == StageKind.OPEN:
            yield DealMoved(happened_at=at, from_stage=former.name, to_stage=stage.name, **by)
        elif stage.kind == StageKind.WON:
            yield DealWon(happened_at=at, reason=row.reason, **money, **by)
        else:
            yield DealLost(
                happened_at=at,
                reason=row.reason,
                competitor=row.competitor,
                objection=row.objection,
                **by,
            )


def _move(fact: Fact, owners: dict[int, int | None]) -> NewMove:
    return NewMove(
        person_id=fact.person_id or 0,
        to_stage=MOVES[type(fact)],
        at=fact.happened_at,
        is_back=isinstance(fact, DealLost),
        owner_id=owners[fact.deal_id or 0],
        by_id=fact.actor_id,
        fact_id=fact.id,
        cause=fact.name,
    )
