"""Deals of another system, a few hundred at once, their history told with its dates."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.facts import Fact, publish_many
from baton.core.money.queries import rates_into
from baton.core.settings.queries import organisation
from baton.qualification.lifecycle.actions import NewMove, move_people
from baton.qualification.lifecycle.rules import Stage as Lifecycle
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Product
from baton.sales.deals.actions.holding import about, written
from baton.sales.deals.events import DealLost, DealOpened, DealWon
from baton.sales.deals.models import Deal, DealExternalId, DealLine, Stage, StageEntry
from baton.sales.deals.rules import LostReason, StageKind
from baton.sales.deals.words import local_day

CHUNK = 400
LINKED = ("person", "company", "owner", "qualifier", "stage")
PLAIN = ("name", "state", "amount", "currency", "base_amount", "rate_on", "opened_at", "close_on")
ENDING = ("closed_at", "reason", "competitor", "objection", "custom")
COMPARED = (*(f"{name}_id" for name in LINKED), *PLAIN, *ENDING)
WRITTEN = (*LINKED, *PLAIN, *ENDING, "sort_key", "stage_at", "version")


@dataclass(frozen=True, kw_only=True)
class ForeignDeal:
    """A deal as another system knows it; what it does not say, a known deal keeps.

    A new deal without ``opened_at`` is undated.
    """

    external_id: str
    stage: Stage
    name: str = ""
    person: Person | None = None
    company: Company | None = None
    owner: User | None = None
    qualifier: User | None = None
    product: Product | None = None
    amount: Decimal | None = None
    currency: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    close_on: Any = None  # date
    reason: str = ""
    competitor: str = ""
    objection: str = ""
    custom: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def import_deals(
    *, deals: Sequence[ForeignDeal], source: str, at: datetime, batch: UUID
) -> list[str]:
    """Write them; "created", "updated" or "unchanged" for each, in order.

    A closed deal needs its ``closed_at``. Facts and stages of the buyers carry the file's dates.
    """
    known = _known(source, deals)
    rows = {one.external_id: known.get(one.external_id) or Deal() for one in deals}
    before = {key: _values(row) for key, row in known.items()}
    for one in deals:
        _fill(rows[one.external_id], one, at=at)
    _value(rows.values(), at=at)
    made = [one for one in deals if one.external_id not in known]
    edited = [
        one for one in deals if before.get(one.external_id, {}) != _values(rows[one.external_id])
    ]
    edited = [one for one in edited if one.external_id in known]
    _create(made, rows, source=source, at=at, batch=batch)
    _update(edited, rows, before, at=at, batch=batch)
    news = {one.external_id: "created" for one in made}
    news |= {one.external_id: "updated" for one in edited}
    return [news.get(one.external_id, "unchanged") for one in deals]


def _known(source: str, deals: Sequence[ForeignDeal]) -> dict[str, Deal]:
    links = DealExternalId.objects.filter(
        source=source, external_id__in=[one.external_id for one in deals]
    )
    return {link.external_id: link.deal for link in links.select_related("deal")}


def deals_in_trash(*, source: str, keys: Collection[str]) -> dict[str, str]:
    """Of these keys of the source the deals that lie in the trash, by name."""
    links = DealExternalId.objects.filter(source=source, external_id__in=keys)
    gone = links.exclude(deal__deleted_at=None)
    return dict(gone.values_list("external_id", "deal__name"))


def _values(row: Deal) -> dict[str, Any]:
    """What an import may change, as it stands."""
    return {name: getattr(row, name) for name in COMPARED}


def _fill(row: Deal, one: ForeignDeal, *, at: datetime) -> None:
    name = one.name or row.name or one.external_id
    row.name, row.sort_key = name[:200], name.casefold()[:200]
    for link in ("person", "company", "owner", "qualifier"):
        if named := getattr(one, link):
            setattr(row, link, named)
    if one.person and not row.company_id:
        row.company = one.person.company
    if one.amount is not None or not row.currency:
        row.amount, row.currency = one.amount, one.currency
    row.opened_at, row.close_on = one.opened_at or row.opened_at, one.close_on or row.close_on
    row.competitor, row.objection = one.competitor or row.competitor, one.objection or row.objection
    row.custom = {**(row.custom or {}), **one.custom}
    _end(row, one, at=at)


def _end(row: Deal, one: ForeignDeal, *, at: datetime) -> None:
    """The stage, and what being open, won or lost makes of the deal."""
    kept = row.reason if row.state == one.stage.kind else ""  # a reason to lose is none to win
    row.stage, row.state = one.stage, one.stage.kind
    is_open = row.state == StageKind.OPEN
    row.closed_at = None if is_open else one.closed_at or row.closed_at or at
    row.stage_at = row.opened_at if is_open else row.closed_at
    row.touched_at = row.closed_at or row.opened_at
    row.reason = one.reason or kept or (LostReason.UNKNOWN if row.state == StageKind.LOST else "")


def _value(rows: Iterable[Deal], *, at: datetime) -> None:
    """Amounts in the company's currency; all rates with one query."""
    company = organisation()
    book = rates_into(company.base_currency)
    for row in rows:
        day = local_day(row.closed_at or row.opened_at or at, zone=company.zone)
        valued = (
            book.in_base(row.amount, currency=row.currency, on=day)
            if row.amount is not None
            else None
        )
        row.base_amount = valued.amount if valued else None
        row.rate_on = valued.rate_on if valued else None


def _create(
    made: Sequence[ForeignDeal], rows: dict[str, Deal], *, source: str, at: datetime, batch: UUID
) -> None:
    deals = Deal.objects.bulk_create((rows[one.external_id] for one in made), batch_size=CHUNK)
    pairs = list(zip(made, deals, strict=True))
    DealExternalId.objects.bulk_create(
        DealExternalId(deal=deal, source=source, external_id=one.external_id) for one, deal in pairs
    )
    DealLine.objects.bulk_create(
        DealLine(deal=deal, product=one.product, quantity=Decimal(1), price=deal.amount)
        for one, deal in pairs
        if one.product
    )
    StageEntry.objects.bulk_create(
        StageEntry(deal=deal, stage=deal.stage, entered_at=deal.stage_at) for deal in deals
    )
    record_changes(
        Change(
            object_type="deal",
            object_id=deal.pk,
            verb="created",
            after={"name": deal.name},
            at=at,
            cause="import",
            batch=batch,
        )
        for deal in deals
    )
    _tell(deals, opened=deals, closed=deals, at=at)


def _update(
    edited: Sequence[ForeignDeal],
    rows: dict[str, Deal],
    before: dict[str, dict[str, Any]],
    *,
    at: datetime,
    batch: UUID,
) -> None:
    if not edited:
        return
    deals = [rows[one.external_id] for one in edited]
    moved = [
        rows[one.external_id]
        for one in edited
        if before[one.external_id]["stage_id"] != rows[one.external_id].stage_id
    ]
    for deal in deals:
        deal.version += 1
    Deal.objects.bulk_update(deals, WRITTEN, batch_size=CHUNK)
    StageEntry.objects.filter(deal__in=moved, left_at=None).update(left_at=at)
    StageEntry.objects.bulk_create(
        StageEntry(deal=deal, stage=deal.stage, entered_at=deal.stage_at) for deal in moved
    )
    record_changes(
        Change(
            object_type="deal",
            object_id=rows[one.external_id].pk,
            verb="edited",
            before={"stage": before[one.external_id]["stage_id"]},
            after={"stage": rows[one.external_id].stage_id},
            at=at,
            cause="import",
            batch=batch,
        )
        for one in edited
    )
    _tell(deals, opened=[], closed=moved, at=at)


def _tell(
    deals: Sequence[Deal], *, opened: Sequence[Deal], closed: Sequence[Deal], at: datetime
) -> None:
    """Facts with the file's dates, and what they make of the buyers."""
    publish_many([_opened(deal, at=at) for deal in opened])
    publish_many([_closed(deal) for deal in closed if deal.state != StageKind.OPEN])
    moves = [move for deal in deals for move in _moves(deal)]
    if moves:
        move_people(moves=moves)


def _opened(deal: Deal, *, at: datetime) -> Fact:
    """An undated deal counts as created at import."""
    return DealOpened(
        happened_at=deal.opened_at or at,
        amount=written(deal.amount),
        currency=deal.currency,
        title=deal.name,
        stage=deal.stage.name,
        **about(deal),
    )


def _closed(deal: Deal) -> Fact:
    assert deal.closed_at is not None  # noqa: S101 -- filled for every closed deal above
    if deal.state == StageKind.WON:
        return DealWon(
            happened_at=deal.closed_at,
            amount=written(deal.amount),
            currency=deal.currency,
            reason=deal.reason,
            **about(deal),
        )
    return DealLost(
        happened_at=deal.closed_at,
        reason=deal.reason,
        competitor=deal.competitor,
        objection=deal.objection,
        **about(deal),
    )


def _moves(deal: Deal) -> list[NewMove]:
    """Opportunity when it was opened, customer when it was won."""
    reached = [(Lifecycle.OPPORTUNITY, deal.opened_at)]
    if deal.state == StageKind.WON:
        reached.append((Lifecycle.CUSTOMER, deal.closed_at))
    return [
        NewMove(person_id=deal.person_id, to_stage=stage, at=when, owner_id=deal.owner_id)
        for stage, when in reached
        if deal.person_id and when
    ]
