"""What goes over the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, WithJsonSchema

from baton.core.api.custom import Custom
from baton.core.api.days import Day
from baton.records.people.rules import BuyingRole
from baton.sales.deals import queries
from baton.sales.deals.actions.lines import MOST_LINES, MOST_QUANTITY
from baton.sales.deals.actions.people import MOST_PEOPLE
from baton.sales.deals.models import Deal, Pipeline, Stage
from baton.sales.deals.rules import LostReason, WonReason

PLAIN = r"^[^\x00]*$"  # what a database can keep


def _figure(pattern: str) -> WithJsonSchema:
    """Exact numbers travel as text; the pattern says which (plain numbers are read, too)."""
    return WithJsonSchema({"type": "string", "pattern": pattern})


Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=15, decimal_places=2),
    _figure(r"^[0-9]{1,13}(\.[0-9]{1,2})?$"),
]
Price = Annotated[
    Decimal,
    Field(ge=0, max_digits=13, decimal_places=2),
    _figure(r"^[0-9]{1,11}(\.[0-9]{1,2})?$"),
]
Quantity = Annotated[
    Decimal,
    Field(gt=0, le=MOST_QUANTITY, decimal_places=2),
    _figure(r"^[1-9][0-9]{0,5}(\.[0-9]{1,2})?$"),
]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)]
Short = Annotated[str, Field(max_length=120, pattern=PLAIN)]
Line = Annotated[str, Field(max_length=250, pattern=PLAIN)]
Currency = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
Token = Annotated[str, Field(max_length=60, pattern=PLAIN)]


class StageOut(Schema):
    """``asked``: fields without which no deal enters it; a refused move names those that lack."""

    key: UUID
    name: str
    kind: str
    probability: int
    asked: list[str]


class PipelineOut(Schema):
    key: UUID
    name: str
    stages: list[StageOut]

    @staticmethod
    def resolve_stages(row: Pipeline) -> list[Stage]:
        return queries.stages_of(row)


class DealOut(Schema):
    """``base_amount`` is in the company's currency; null amounts are unknown."""

    key: UUID
    version: int
    name: str
    state: str
    stage: StageOut
    person: UUID | None
    company: UUID | None
    owner: UUID | None
    amount: Decimal | None
    currency: str
    base_amount: Decimal | None
    opened_at: datetime | None
    close_on: date | None
    closed_at: datetime | None
    next_step: str
    next_step_on: date | None
    reason: str
    competitor: str
    objection: str
    need: str
    decision_maker: str
    custom: dict[str, Any]

    @staticmethod
    def resolve_person(row: Deal) -> UUID | None:
        return row.person.key if row.person else None

    @staticmethod
    def resolve_company(row: Deal) -> UUID | None:
        return row.company.key if row.company else None

    @staticmethod
    def resolve_owner(row: Deal) -> UUID | None:
        return row.owner.key if row.owner else None


class LineOut(Schema):
    product: UUID
    name: str
    quantity: Decimal
    price: Decimal | None

    @staticmethod
    def resolve_product(row: Any) -> UUID:
        key: UUID = row.product.key
        return key

    @staticmethod
    def resolve_name(row: Any) -> str:
        return str(row.product.name)


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class DealIn(_Strict):
    """A person or a company is needed; ``role`` is what the person is in it. ``client_token``: the
    same one opens one deal only."""

    name: Name
    person: UUID | None = None
    company: UUID | None = None
    owner: UUID | None = None
    stage: UUID | None = None
    amount: Amount | None = None
    currency: Currency = ""
    close_on: Day | None = None
    next_step: Line = ""
    next_step_on: Day | None = None
    need: Line = ""
    decision_maker: Short = ""
    role: BuyingRole | Literal[""] = ""
    client_token: Token = ""
    custom: Custom = {}


class DealPatch(_Strict):
    """Only the fields that are sent change; ``version`` is the one you read."""

    version: int
    name: Name = ""
    person: UUID | None = None
    company: UUID | None = None
    owner: UUID | None = None
    amount: Amount | None = None
    currency: Currency = ""
    close_on: Day | None = None
    next_step: Line = ""
    next_step_on: Day | None = None
    competitor: Short = ""
    objection: Line = ""
    need: Line = ""
    decision_maker: Short = ""
    custom: Custom = {}


class DealPartOut(Schema):
    """One of the people of a deal. "person" is null for whom you may not see."""

    person: UUID | None
    name: str
    role: str
    is_primary: bool

    @staticmethod
    def resolve_person(row: queries.Part) -> UUID | None:
        return row.person.key if row.is_seen else None

    @staticmethod
    def resolve_name(row: queries.Part) -> str:
        return str(row.person)


class DealPartIn(_Strict):
    """Somebody who takes part, as what; with ``is_primary`` their name stands first."""

    person: UUID
    role: BuyingRole | Literal[""] = ""
    is_primary: bool = False


class DealPeopleIn(_Strict):
    """All people of the deal whom you see; without ``is_primary`` the present one stays first, else
    whoever stands first here."""

    people: Annotated[list[DealPartIn], Field(max_length=MOST_PEOPLE)]


class MoveIn(_Strict):
    """To an open stage. With ``version``, 409 when somebody moved the deal since you read it.

    409 with ``fields`` when the stage asks for what the deal lacks: write it, then move.
    """

    stage: UUID
    version: int | None = None


class WinIn(_Strict):
    reason: WonReason | Literal[""] = ""
    competitor: Short = ""
    need: Line = ""
    decision_maker: Short = ""
    amount: Amount | None = None
    version: int | None = None


class LoseIn(_Strict):
    reason: LostReason
    competitor: Short = ""
    objection: Line = ""
    version: int | None = None


class LineIn(_Strict):
    product: UUID
    quantity: Quantity = Decimal(1)
    price: Price | None = None


class LinesIn(_Strict):
    """All lines, in their order; the amount becomes their sum once every price is known."""

    version: int
    lines: Annotated[list[LineIn], Field(max_length=MOST_LINES)]
