"""The buttons of the bar, as ``editing/bulk.html`` draws them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms

from baton.core.access.models import User
from baton.core.addresses import place
from baton.core.editing.slots import BulkLink, acts_on, bulk_links


@dataclass(frozen=True, kw_only=True)
class BulkButton:
    on: str
    name: str
    label: Any
    icon: str
    is_danger: bool
    field: forms.BoundField | None  # what is chosen first
    url: str  # where the ticked rows go


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
            url=place("editing:act", act.on, act.name),
        )
        for act in acts_on(listing, user=user)
    ] + [_link(listing, link) for link in bulk_links if link.is_open(user, listing)]


def _link(listing: str, link: BulkLink) -> BulkButton:
    return BulkButton(
        on=listing,
        name=link.name,
        label=link.label,
        icon=link.icon,
        is_danger=False,
        field=None,
        url=link.url(listing),
    )


def _field(name: str, field: forms.Field) -> forms.BoundField:
    form = forms.Form(auto_id="%s")
    form.fields[name] = field
    if isinstance(field, forms.ModelChoiceField):
        # Asked once: Django asks for the first choice, and then for all; a list how many they are.
        field.widget.choices = list(iter(cast(Iterable[Any], field.choices)))
    return form[name]
