"""The agreement is changed: clocks that run keep what they were given."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, save_edit
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.keys import new_key
from baton.sales.customers.models import Terms
from baton.sales.customers.permissions import MANAGE_CUSTOMERS


@transaction.atomic
def save_terms(
    *, values: Mapping[str, Any], version: int | None, by: User | None, at: datetime
) -> UUID:
    """The batch takes it back. Raises LostRace."""
    batch = new_key()
    Terms.objects.bulk_create([Terms(pk=1)], ignore_conflicts=True)
    held = Terms.objects.select_for_update(of=("self",)).get(pk=1)
    kind = TERMS.object_type
    save_edit(held, object_type=kind, values=values, version=version, by=by, at=at, batch=batch)
    return batch


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    held = Terms.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(held, values=live_values(Terms, values))
    held.save()


def _nothing(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """There is one row, and it stays."""
    return []


TERMS = Tracked(
    object_type="customer_terms",
    label="Agreement on customers",
    read=partial(read_fields, Terms),
    write=_write_back,
    trash=_nothing,
    restore=_nothing,
    reach=lambda user, _verb: (
        Terms.objects.all() if user.may(MANAGE_CUSTOMERS) else Terms.objects.none()
    ),
    has_trash=False,
)
