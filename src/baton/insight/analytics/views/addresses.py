"""Addresses of reports: each names all that it shows, so a link shows the same to a colleague."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from baton.insight.analytics.rules import Period

# In this order; anything else in an address is dropped.
KEPT = (
    *("by", "from", "to", "basis", "model", "look_back", "step", "unit", "of", "import"),
    *("compare", "sort", "all"),
)

TOLD = ("by", "from", "to", "model", "look_back")  # what the touches of a deal lead back to


@dataclass(frozen=True)
class Address:
    """What the report on screen was asked."""

    values: Mapping[str, str]

    def to(self, page: str, **changes: str | None) -> str:
        """The same of another page of ours, with something changed; None leaves a word out."""
        asked = {**self.values, **changes}
        words = urlencode({name: value for name, value in asked.items() if value is not None})
        address = reverse(f"analytics:{page}")
        return f"{address}?{words}" if words else address

    def of(self, period: Period) -> "Address":
        """The same of other days."""
        asked = {**self.values, **days(period)}
        return Address({name: value for name, value in asked.items() if value is not None})

    def behind(self, page: str, **cell: str | None) -> str:
        """The records behind a figure: how the table is sorted or compared is of no account."""
        return self.to(page, **dict.fromkeys(("compare", "sort", "all")), **cell)

    def purchases(self, *, by: str, group: str | None) -> str:
        """The purchases behind a figure of the closed loop."""
        return self.behind("purchases", by=by, group=group)

    def why(self, key: UUID, *, page: str = "touches") -> str:
        """The touches of a deal or a purchase, looked for as the report does."""
        words = urlencode({name: self.values[name] for name in TOLD if name in self.values})
        address = reverse(f"analytics:{page}", args=[key])
        return f"{address}?{words}" if words else address

    def kept(self, *changing: str) -> list[tuple[str, str]]:
        """What a form that asks for these things must carry along."""
        return [(name, value) for name, value in self.values.items() if name not in changing]


def address_of(asked: QueryDict) -> Address:
    """The words of ours in it that say something."""
    return Address({name: str(asked[name]) for name in KEPT if asked.get(name)})


def days(period: Period) -> dict[str, str | None]:
    """The period as words of an address."""
    return {"from": _iso(period.from_on), "to": _iso(period.to_on)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
