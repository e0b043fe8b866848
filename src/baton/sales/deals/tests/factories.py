"""Deals for tests of this module and of those above it."""

from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from baton.records.people.tests.factories import a_person
from baton.sales.deals.actions import ensure_default_pipeline, open_deal
from baton.sales.deals.models import Deal, Stage

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
_numbers = count(1)


def a_deal(**over: Any) -> Deal:
    """An open deal of 10,000 with a person of its own; ``over`` as open_deal takes it."""
    number = next(_numbers)
    usual: dict[str, Any] = {"name": f"Deal {number}", "by": None, "at": AT}
    usual["amount"] = Decimal(10_000)
    if not {"person", "company"} & set(over):
        mails = [f"buyer{number}@gmail.com"]  # tells of no company
        usual["person"] = a_person(owner=over.get("owner") or over.get("by"), emails=mails)
    return open_deal(**{**usual, **over})


def a_stage(name: str) -> Stage:
    """A stage of the default pipeline by its name."""
    pipeline = ensure_default_pipeline()
    return Stage.objects.living().get(pipeline=pipeline, name=name)
