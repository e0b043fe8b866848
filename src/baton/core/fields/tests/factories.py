"""Open to higher modules."""

from datetime import UTC, datetime
from typing import Any

from baton.core.fields.actions import create_field
from baton.core.fields.models import FieldDefinition

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_field(label: str = "Size", **values: Any) -> FieldDefinition:
    """Of people, a text, unless said otherwise."""
    usual = {"object_type": "person", "kind": "text", "by": None, "at": AT}
    return create_field(**{**usual, "label": label, **values})
