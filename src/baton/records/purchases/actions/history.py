"""One act upon one record, in its history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from baton.core.access.models import User
from baton.core.changes.actions import record_change
from baton.core.keys import new_key


def write_down(
    object_type: str,
    pk: int,
    *,
    verb: str,
    by: User | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
) -> UUID:
    batch = batch or new_key()
    record_change(
        object_type=object_type,
        object_id=pk,
        verb=verb,
        before=before,
        after=after,
        by=by,
        at=at,
        batch=batch,
    )
    return batch
