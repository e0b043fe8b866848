"""Deals of another system, a few hundred at once, their history told with its dates."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.changes.actions import plain, record_changes
from baton.core.changes.models import Change
from baton.core.changes.queries import held_fields
from baton.core.errors import RuleViolation
from baton.core.fields.actions import broken
from baton.core.money.queries import rates_into
from baton.core.offers import Conflict, ImportStatus, Verdict
from baton.core.settings.queries import organisation
from baton.sales.deals.actions.foreign_deal import ForeignDeal
from baton.sales.deals.actions.holding import present
from baton.sales.deals.actions.imported_lines import ChangedLines, change_lines, price_of
from baton.sales.deals.actions.imported_news import move_buyers, tell_imported
from baton.sales.deals.actions.imported_people import join, joining
from baton.sales.deals.actions.keeping import unheld_deal
from baton.sales.deals.actions.parts import kept_parts
from baton.sales.deals.models import Deal, DealExternalId, DealLine, StageEntry
from baton.sales.deals.rules import LostReason, StageKind
from baton.sales.deals.words import local_day

CHUNK = 400
LINKED = ("person", "company", "owner", "qualifier", "stage")
PLAIN = ("name", "amount", "currency", "opened_at", "close_on")
SAID = ("competitor", "objection", "need", "decision_maker")
ENDING = ("closed_at", "reason", *SAID, "custom")
COMPARED = (*LINKED, *PLAIN, *ENDING)  # what history keeps and an undo puts back
FOLLOWS = ("state", "base_amount", "rate_on", "sort_key", "stage_at", "stage_version", "touched_at")
WRITTEN = (*COMPARED, *FOLLOWS, "version")


@transaction.atomic
def import_deals(
    *,
    deals: Sequence[ForeignDeal],
    source: str,
    at: datetime,
    batch: UUID,
    overwrites: bool = False,
) -> list[Verdict]:
    """Write them; what became of each, in order. ``overwrites``: also what colleagues changed.

    A closed deal needs its ``closed_at``. Facts and stages of the buyers carry the file's dates.
    """
    known = _known(source, deals)
    ids = [deal.pk for deal in known.values()]
    held = {} if overwrites else held_fields(object_type="deal", ids=ids)
    deals, conflicts = _without_held(deals, known, held)
    rows = {one.external_id: known.get(one.external_id) or Deal() for one in deals}
    before = {key: present(row, COMPARED) for key, row in known.items()}
    for one in deals:
        _fill(rows[one.external_id], one, at=at)
    pairs = [(one, rows[one.external_id]) for one in deals if one.external_id in known]
    lines, joins = change_lines(pairs), joining(pairs, held=held)
    edits = [
        _Edit(row, before[one.external_id], lines.get(row.pk), joins.get(row.pk, []))
        for one, row in pairs
    ]
    edits = [edit for edit in edits if edit.after()]
    made = [one for one in deals if one.external_id not in known]
    _value(rows.values(), at=at)
    _create(made, rows, source=source, at=at, batch=batch)
    _update(edits, at=at, batch=batch)
    _obey(rows, edited={edit.row.pk for edit in edits}, made=made, at=at)
    news = dict.fromkeys((one.external_id for one in made), ImportStatus.CREATED)
    updated = {edit.row.pk for edit in edits}
    news |= {one.external_id: ImportStatus.UPDATED for one, row in pairs if row.pk in updated}
    return [
        Verdict(
            news.get(one.external_id, ImportStatus.UNCHANGED),
            conflicts=conflicts.get(one.external_id, ()),
        )
        for one in deals
    ]


def _without_held(
    deals: Sequence[ForeignDeal], known: Mapping[str, Deal], held: Mapping[int, Collection[str]]
) -> tuple[list[ForeignDeal], dict[str, tuple[Conflict, ...]]]:
    """What the file says but for what colleagues changed since, and where it contradicts that."""
    found: list[ForeignDeal] = []
    conflicts: dict[str, tuple[Conflict, ...]] = {}
    for one in deals:
        deal = known.get(one.external_id)
        names = held.get(deal.pk) if deal else None
        if deal and names:
            one, conflicts[one.external_id] = unheld_deal(deal, one, held=names)
        found.append(one)
    return found, conflicts


class DealsRefused(RuleViolation):
    """Rules refuse some of them; ``messages`` by external id. Nothing was written."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(next(iter(messages.values())))
        self.messages = messages


def _obey(
    rows: Mapping[str, Deal], *, edited: Collection[int], made: Sequence[ForeignDeal], at: datetime
) -> None:
    """Raises DealsRefused."""
    fresh = {one.external_id for one in made}
    ids = {row.pk: key for key, row in rows.items() if key in fresh or row.pk in edited}
    living = Deal.objects.filter(pk__in=ids)
    wrong = broken(living, object_type="deal", at=at, by=None, cause="import") if ids else {}
    if wrong:
        raise DealsRefused({ids[pk]: message for pk, message in wrong.items()})


@dataclass(frozen=True)
class _Edit:
    """A known deal that has its new values, and what it had before."""

    row: Deal
    former: dict[str, Any]
    lines: ChangedLines | None
    joins: list[int]

    def after(self) -> dict[str, Any]:
        """The fields that differ now, as history keeps them."""
        now = present(self.row, COMPARED)
        found = {name: plain(now[name]) for name in COMPARED if now[name] != self.former[name]}
        found |= kept_parts(dict.fromkeys(self.joins, ""))
        return found | ({"lines": self.lines.after} if self.lines else {})

    def before(self) -> dict[str, Any]:
        """The same fields as they were."""
        found = {name: plain(self.former[name]) for name in self.after() if name in self.former}
        found |= kept_parts(dict.fromkeys(self.joins))
        return found | ({"lines": self.lines.before} if self.lines else {})

    def has_moved(self) -> bool:
        return bool(self.former["stage"] != self.row.stage_id)


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


def forget_deals(source: str, keys: Collection[str]) -> None:
    """Of these keys those of deals in the trash are no deal's any more."""
    gone = DealExternalId.objects.filter(source=source, external_id__in=keys)
    gone.exclude(deal__deleted_at=None).delete()


def _fill(row: Deal, one: ForeignDeal, *, at: datetime) -> None:
    name = one.name or row.name or one.external_id
    row.name, row.sort_key = name[:200], name.casefold()[:200]
    for link in ("person", "company", "owner", "qualifier"):
        if named := getattr(one, link):
            setattr(row, link, named)
    if row.person_id is None and one.people:
        row.person = one.people[0]
    if row.person and not row.company_id and (one.person or one.people):
        row.company = row.person.company
    if one.amount is not None or not row.currency:
        row.amount, row.currency = one.amount, one.currency
    row.opened_at, row.close_on = one.opened_at or row.opened_at, one.close_on or row.close_on
    for said in SAID:
        setattr(row, said, getattr(one, said) or getattr(row, said))
    row.custom = {**(row.custom or {}), **one.custom}
    _end(row, one, at=at)


def _end(row: Deal, one: ForeignDeal, *, at: datetime) -> None:
    """The stage, and what being open, won or lost makes of the deal."""
    kept = row.reason if row.state == one.stage.kind else ""  # a reason to lose is none to win
    row.stage, row.state = one.stage, one.stage.kind
    is_open = row.state == StageKind.OPEN
    row.closed_at = None if is_open else one.closed_at or row.closed_at or at
    row.reason = one.reason or kept or (LostReason.UNKNOWN if row.state == StageKind.LOST else "")


def _value(rows: Iterable[Deal], *, at: datetime) -> None:
    """Amounts in the company's currency, of open deals at today's rate; all with one query."""
    company = organisation()
    book = rates_into(company.base_currency)
    for row in rows:
        day = local_day(row.closed_at or at, zone=company.zone)
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
    for one in made:
        row = rows[one.external_id]
        row.stage_at = row.touched_at = row.closed_at or row.opened_at
    deals = Deal.objects.bulk_create((rows[one.external_id] for one in made), batch_size=CHUNK)
    pairs = list(zip(made, deals, strict=True))
    DealExternalId.objects.bulk_create(
        DealExternalId(deal=deal, source=source, external_id=one.external_id) for one, deal in pairs
    )
    DealLine.objects.bulk_create(
        DealLine(deal=deal, product=one.product, quantity=Decimal(1), price=price_of(deal))
        for one, deal in pairs
        if one.product
    )
    StageEntry.objects.bulk_create(
        StageEntry(deal=deal, stage=deal.stage, entered_at=deal.stage_at) for deal in deals
    )
    record_changes(_made(deal, at=at, batch=batch) for deal in deals)
    tell_imported(opened=deals, closed=deals, at=at)
    join({deal.pk: deal for deal in deals}, joining(pairs, held={}), at=at)
    move_buyers(deals)


def _made(deal: Deal, *, at: datetime, batch: UUID) -> Change:
    return Change(
        object_type="deal",
        object_id=deal.pk,
        verb="created",
        after={"name": deal.name},
        at=at,
        cause="import",
        batch=batch,
    )


def _update(edits: Sequence[_Edit], *, at: datetime, batch: UUID) -> None:
    if not edits:
        return
    deals = [edit.row for edit in edits]
    moved = [edit.row for edit in edits if edit.has_moved()]
    for deal in deals:
        deal.version += 1
        deal.touched_at = at
    for deal in moved:
        deal.stage_at, deal.stage_version = at, deal.version
    Deal.objects.bulk_update(deals, WRITTEN, batch_size=CHUNK)
    StageEntry.objects.filter(deal__in=moved, left_at=None).update(left_at=at)
    StageEntry.objects.bulk_create(
        StageEntry(deal=deal, stage=deal.stage, entered_at=at) for deal in moved
    )
    record_changes(
        Change(
            object_type="deal",
            object_id=edit.row.pk,
            verb="edited",
            before=edit.before(),
            after=edit.after(),
            at=at,
            cause="import",
            batch=batch,
        )
        for edit in edits
    )
    tell_imported(opened=[], closed=moved, at=at)
    join({deal.pk: deal for deal in deals}, {one.row.pk: one.joins for one in edits}, at=at)
    move_buyers(deals, wins={edit.row.pk: edit.former["closed_at"] for edit in edits})
