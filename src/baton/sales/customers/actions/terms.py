"""How customers are asked for reviews and referrals is changed."""

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
from baton.sales.customers.models import FavourTerms
from baton.sales.customers.permissions import MANAGE_CUSTOMERS


@transaction.atomic
def save_favour_terms(
    *, values: Mapping[str, Any], version: int | None, by: User | None, at: datetime
) -> UUID:
    """The batch takes it back. Raises LostRace."""
    batch = new_key()
    FavourTerms.objects.bulk_create([FavourTerms(pk=1)], ignore_conflicts=True)
    held = FavourTerms.objects.select_for_update(of=("self",)).get(pk=1)
    kind = FAVOUR_TERMS.object_type
    save_edit(held, object_type=kind, values=values, version=version, by=by, at=at, batch=batch)
    return batch


def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    held = FavourTerms.objects.select_for_update(of=("self",)).get(pk=pk)
    apply_edit(held, values=live_values(FavourTerms, values))
    held.save()


def _nothing(ids: Collection[int], by: User | None, at: datetime) -> list[int]:
    """There is one row, and it stays."""
    return []


FAVOUR_TERMS = Tracked(
    object_type="favour_terms",
    label="Asking for reviews and referrals",
    read=partial(read_fields, FavourTerms),
    write=_write_back,
    trash=_nothing,
    restore=_nothing,
    reach=lambda user, _verb: (
        FavourTerms.objects.all() if user.may(MANAGE_CUSTOMERS) else FavourTerms.objects.none()
    ),
    has_trash=False,
)
