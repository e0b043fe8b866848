"""The buttons of the bar, as ``editing/bulk.html`` draws them."""

from dataclasses import dataclass
from typing import Any

from django import forms

from baton.core.access.models import User
from baton.core.editing.slots import acts_on


@dataclass(frozen=True, kw_only=True)
class BulkButton:
    on: str
    name: str
    label: Any
    icon: str
    is_danger: bool
    field: forms.BoundField | None  # what is chosen first


def bulk_of(listing: str, *, user: User) -> list[BulkButton]:
    """What this user may do to many rows of that list at once."""
    return [
        BulkButton(
            on=act.on,
            name=act.name,
            label=act.label,
            icon=act.icon,
            is_danger=act.is_danger,
            field=_field(f"value-{act.name}", act.control(user)) if act.control else None,
        )
        for act in acts_on(listing, user=user)
    ]


def _field(name: str, field: forms.Field) -> forms.BoundField:
    form = forms.Form(auto_id="%s")
    form.fields[name] = field
    return form[name]
