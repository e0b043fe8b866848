"""What a file says of a deal."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from baton.core.access.models import User
from baton.records.people.models import Company, Person
from baton.records.purchases.models import Product
from baton.sales.deals.models import Stage


@dataclass(frozen=True, kw_only=True)
class ForeignDeal:
    """A deal as another system knows it; what it does not say, a known deal keeps.

    A new deal without ``opened_at`` is undated.
    """

    external_id: str
    stage: Stage
    name: str = ""
    person: Person | None = None
    people: tuple[Person, ...] = ()  # all who take part, the primary among them or not
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
    need: str = ""
    decision_maker: str = ""
    custom: dict[str, Any] = field(default_factory=dict)
