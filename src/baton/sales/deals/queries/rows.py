"""Deals as cards read them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from baton.core.limits import hidden
from baton.sales.deals.models import Deal


class CardRow(NamedTuple):
    """What a card reads of a deal, by the paths to it: four records each would cost more than all
    else on the board."""

    pk: int
    key: UUID
    version: int
    stage_id: int
    state: str
    name: str
    amount: Decimal | None
    currency: str
    closed_at: datetime | None
    close_on: date | None
    stage_at: datetime | None
    touched_at: datetime | None
    next_step: str
    next_step_on: date | None
    reason: str
    person: str | None
    heard_at: datetime | None  # the latest touch with the person
    company: str | None
    owner: str | None


_PATHS = {
    "person": "person__full_name",
    "heard_at": "person__latest_touch_at",
    "company": "company__name",
    "owner": "owner__name",
}


def as_rows(deals: QuerySet[Deal]) -> "QuerySet[Deal, Any]":
    """Plain tuples in the order of ``CardRow``."""
    return deals.values_list(*(_PATHS.get(name, name) for name in CardRow._fields))


def as_seen(row: CardRow) -> CardRow:
    """Without what whoever reads now may not see."""
    gone = hidden("deal").intersection(row._fields)
    return row._replace(**{name: _nothing(getattr(row, name)) for name in gone}) if gone else row


def _nothing(value: Any) -> Any:
    return "" if isinstance(value, str) else None


def latest_at(deal: Deal | CardRow) -> datetime | None:
    """When something happened with this deal or its buyer; a deal's person must be loaded."""
    moments = (deal.touched_at, deal.stage_at, _heard_at(deal))
    return max((moment for moment in moments if moment), default=None)


def _heard_at(deal: Deal | CardRow) -> datetime | None:
    if isinstance(deal, CardRow):
        return deal.heard_at
    return deal.person.latest_touch_at if deal.person else None
