"""What stays on top of a record's timeline, for everybody who sees it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.keys import new_key
from baton.records.timeline.actions.shared import hold, save_edit
from baton.records.timeline.models import Activity, Note


@transaction.atomic
def pin_entry(*, entry: Note | Activity, is_pinned: bool, by: User | None, at: datetime) -> UUID:
    """On top, the latest first, or back among the others; undone by the batch that is returned."""
    batch = new_key()
    save_edit(
        hold(entry),
        object_type="note" if isinstance(entry, Note) else "activity",
        values={"pinned_at": at if is_pinned else None},
        version=None,
        by=by,
        at=at,
        batch=batch,
    )
    return batch
