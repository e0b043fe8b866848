"""What a shop told, in our words: the same whichever shop it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any


class BadPayload(ValueError):
    """Not what such a shop sends; says which part."""


class NothingToKeep(Exception):
    """Read, and of no account to us: not paid yet, a test, another subject."""


@dataclass(frozen=True)
class ToldBuyer:
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    company: str = ""
    key: str = ""  # as the shop calls them


@dataclass(frozen=True)
class ToldLine:
    name: str
    quantity: Decimal
    price: Decimal | None


@dataclass(frozen=True)
class ToldRefund:
    key: str
    amount: Decimal
    at: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ToldOrder:
    key: str
    buyer: ToldBuyer
    placed_at: datetime
    amount: Decimal
    currency: str
    number: str = ""
    lines: Sequence[ToldLine] | None = None
    refunds: Sequence[ToldRefund] = ()
    refunded: Decimal | None = None
    cancelled_at: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ToldRefunds:
    """Refunds of an order that was, or will be, told apart."""

    order: str
    refunds: Sequence[ToldRefund] = ()
    refunded: Decimal | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ToldSubscription:
    key: str
    buyer: ToldBuyer
    name: str
    interval: str
    amount: Decimal
    currency: str
    started_at: datetime
    renews_at: datetime | None = None
    renewed_at: datetime | None = None
    cancelled_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None


Told = ToldOrder | ToldRefunds | ToldSubscription


def text(found: Mapping[str, Any], name: str) -> str:
    """A text or a number as text; "" for nothing."""
    value = found.get(name)
    if value is None or isinstance(value, dict | list | bool):
        return ""
    return str(value).strip()


def part(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def parts(found: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = found.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def amount(found: Mapping[str, Any], name: str) -> Decimal:
    """Raises BadPayload."""
    try:
        value = Decimal(text(found, name))
    except InvalidOperation as error:
        raise BadPayload(name) from error
    if not value.is_finite():
        raise BadPayload(name)
    return value


def cents(found: Mapping[str, Any], name: str, *, digits: int = 2) -> Decimal:
    """An amount that is told in its smallest coin."""
    return amount(found, name).scaleb(-digits)


def moment(found: Mapping[str, Any], name: str) -> datetime | None:
    """ISO 8601, taken as UTC without a zone; seconds since 1970 as a number. Raises BadPayload."""
    value = found.get(name)
    if value in (None, ""):
        return None
    try:
        if isinstance(value, int) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except (ValueError, OverflowError, OSError) as error:
        raise BadPayload(name) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def needed(found: Mapping[str, Any], name: str) -> datetime:
    at = moment(found, name)
    if at is None:
        raise BadPayload(name)
    return at
