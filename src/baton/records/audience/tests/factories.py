"""Personas for tests of this module and of those above it."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from baton.records.audience.actions import create_persona
from baton.records.audience.models import Persona

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
_numbers = count(1)


def a_persona(**over: Any) -> Persona:
    """A new persona without a rule; ``over`` are its fields."""
    return create_persona(values={"name": f"Persona {next(_numbers)}", **over}, by=None, at=AT)
