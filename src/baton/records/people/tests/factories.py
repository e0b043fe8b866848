"""People and companies for tests of this module and of those above it."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from baton.records.people.actions import create_company, create_person
from baton.records.people.models import Company, Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
_numbers = count(1)


def a_person(**over: Any) -> Person:
    """Somebody new with an address of their own; ``over`` as create_person takes it."""
    number = next(_numbers)
    usual: dict[str, Any] = {"at": AT, "origin": "marketing", "full_name": f"Person {number}"}
    return create_person(**{**usual, "emails": [f"person{number}@halden.example"], **over})


def a_company(**over: Any) -> Company:
    """A new company with a domain of its own; ``over`` as create_company takes it."""
    number = next(_numbers)
    usual: dict[str, Any] = {"at": AT, "name": f"Company {number}"}
    return create_company(**{**usual, "domains": [f"company{number}.example"], **over})
