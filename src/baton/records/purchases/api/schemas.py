from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from baton.core.api.days import Moment
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Order, Product, Refund

Line = Annotated[str, Field(max_length=200)]
Source = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f]*$")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Money = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2)]
Price = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Quantity = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
IntervalName = Literal["day", "week", "month", "quarter", "year"]


class BuyerIn(Schema):
    """Whom you see, by key; or by a mail address: an unknown one makes somebody new."""

    model_config = ConfigDict(extra="forbid")

    person: UUID | None = None
    company: UUID | None = None
    email: Annotated[str, Field(max_length=254)] = ""
    full_name: Annotated[str, Field(max_length=250)] = ""


class OrderLineIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    quantity: Quantity = Decimal(1)
    price: Price | None = None


class RefundIn(Schema):
    model_config = ConfigDict(extra="forbid")

    amount: Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2)]
    at: Moment | None = None
    reason: Annotated[str, Field(max_length=250)] = ""
    external_id: Line = ""


class OrderIn(BuyerIn):
    """With ``external_id`` the order of ``source`` becomes what is said now, however often."""

    source: Source = ""
    external_id: Line = ""
    number: Annotated[str, Field(max_length=60)] = ""
    placed_at: Moment
    amount: Money
    currency: Currency
    lines: Annotated[list[OrderLineIn], Field(max_length=500)] | None = None
    cancelled_at: Moment | None = None
    told_at: Moment | None = None


class OrderLineOut(Schema):
    name: str
    product: UUID | None
    quantity: Decimal
    price: Decimal | None

    @staticmethod
    def resolve_product(line: Any) -> UUID | None:
        return _key(line.product)


class RefundOut(Schema):
    key: UUID
    amount: Decimal
    at: datetime
    reason: str
    external_id: str | None


class OrderOut(Schema):
    key: UUID
    version: int
    person: UUID | None
    company: UUID | None
    source: str
    external_id: str | None
    number: str
    placed_at: datetime
    currency: str
    amount: Decimal
    refunded: Decimal
    state: str
    cancelled_at: datetime | None
    base_amount: Decimal | None
    net_amount: Decimal | None
    lines: list[OrderLineOut]
    refunds: list[RefundOut]

    @staticmethod
    def resolve_person(order: Any) -> UUID | None:
        return _key(order.person)

    @staticmethod
    def resolve_company(order: Any) -> UUID | None:
        return _key(order.company)

    @staticmethod
    def resolve_lines(order: Order) -> list[Any]:
        return list(order.lines.all())

    @staticmethod
    def resolve_refunds(order: Order) -> list[Refund]:
        return [one for one in order.refunds.all() if one.deleted_at is None]


class SubscriptionIn(BuyerIn):
    source: Source = ""
    external_id: Line = ""
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    interval: IntervalName
    amount: Money
    currency: Currency
    started_at: Moment
    renews_at: Moment | None = None
    renewed_at: Moment | None = None
    cancelled_at: Moment | None = None
    ended_at: Moment | None = None
    told_at: Moment | None = None


class RenewalIn(Schema):
    model_config = ConfigDict(extra="forbid")

    at: Moment | None = None
    renews_at: Moment | None = None


class CancellationIn(Schema):
    model_config = ConfigDict(extra="forbid")

    at: Moment | None = None
    ended_at: Moment | None = None


class SubscriptionOut(Schema):
    key: UUID
    version: int
    person: UUID | None
    company: UUID | None
    product: UUID | None
    source: str
    external_id: str | None
    name: str
    interval: str
    amount: Decimal
    currency: str
    started_at: datetime
    renews_at: datetime | None
    renewed_at: datetime | None
    cancelled_at: datetime | None
    ended_at: datetime | None

    @staticmethod
    def resolve_person(row: Any) -> UUID | None:
        return _key(row.person)

    @staticmethod
    def resolve_company(row: Any) -> UUID | None:
        return _key(row.company)

    @staticmethod
    def resolve_product(row: Any) -> UUID | None:
        return _key(row.product)


def _key(row: Person | Company | Product | UUID | None) -> UUID | None:
    """Of a record, or of an answer that is kept as it was given."""
    return row if row is None or isinstance(row, UUID) else row.key
