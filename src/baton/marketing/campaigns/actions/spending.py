"""What advertising systems say was spent, day by day: thousands of costs with a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.bulk import CHUNK, update_rows
from baton.core.changes.actions import plain, record_changes
from baton.core.changes.models import Change
from baton.core.money.queries import rates_into
from baton.core.settings.queries import organisation
from baton.marketing.campaigns.models import Campaign, Cost
from baton.marketing.campaigns.rules import OF_A_FILE

KEPT = ("campaign_id", "amount", "currency", "from_on", "to_on", "base_amount", "rate_on")


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What a system says of one campaign and its days. The same key again replaces it."""

    key: str
    campaign: Campaign
    amount: Decimal
    currency: str
    from_on: date
    to_on: date
    kind: str
    note: str = ""


@transaction.atomic
def record_spending(
    *, source: str, spent: Sequence[Spent], at: datetime, batch: UUID
) -> list[tuple[bool, bool]]:
    """In this order, each once: is it new, is it changed. It is no news of its own: a campaign's
    timeline does not tell of each day."""
    keys = {one.key: spending_id(source, one.key) for one in spent}
    held = Cost.objects.living().filter(external_id__in=keys.values()).select_for_update()
    known = {cost.external_id: cost for cost in held.order_by("pk")}
    book = rates_into(organisation().base_currency)
    told: list[tuple[Cost, dict[str, Any] | None]] = []
    for one in spent:
        cost = known.get(keys[one.key])
        former = {name: getattr(cost, name) for name in KEPT} if cost else None
        cost = cost or Cost(external_id=keys[one.key], kind=one.kind, note=one.note[:250])
        cost.campaign, cost.amount, cost.currency = one.campaign, one.amount, one.currency
        cost.from_on, cost.to_on = one.from_on, one.to_on
        worth = book.in_base(one.amount, currency=one.currency, on=one.from_on)
        cost.base_amount, cost.rate_on = worth.amount, worth.rate_on
        told.append((cost, former))
    _write(told, at=at, batch=batch)
    return [(former is None, bool(_changed(cost, former))) for cost, former in told]


def spending_id(source: str, key: str) -> str:
    """By it a cost out of a file is known again."""
    return f"{OF_A_FILE}{source} {key}"


def _changed(cost: Cost, former: dict[str, Any] | None) -> list[str]:
    return [name for name, value in (former or {}).items() if getattr(cost, name) != value]


def _write(
    told: Sequence[tuple[Cost, dict[str, Any] | None]], *, at: datetime, batch: UUID
) -> None:
    Cost.objects.bulk_create((cost for cost, former in told if not former), batch_size=CHUNK)
    moved = [(cost, former) for cost, former in told if _changed(cost, former)]
    for cost, _former in moved:
        cost.version += 1
    fields = (*KEPT, "version")
    values = {cost.pk: {name: getattr(cost, name) for name in fields} for cost, _ in moved}
    update_rows(Cost, values, fields=fields)
    record_changes(
        _change(cost, former, at=at, batch=batch)
        for cost, former in told
        if former is None or _changed(cost, former)
    )


def _change(cost: Cost, former: dict[str, Any] | None, *, at: datetime, batch: UUID) -> Change:
    names = [name for name in _changed(cost, former) if name not in {"base_amount", "rate_on"}]
    before = {name.removesuffix("_id"): plain((former or {})[name]) for name in names}
    after = {name.removesuffix("_id"): plain(getattr(cost, name)) for name in names}
    return Change(
        object_type="cost",
        object_id=cost.pk,
        verb="edited" if former else "created",
        before=before,
        after=after if former else {"amount": plain(cost.amount)},
        at=at,
        cause="import",
        batch=batch,
    )
