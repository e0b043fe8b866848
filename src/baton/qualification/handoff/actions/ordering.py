"""In which order rules and territories are tried."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.bulk import update_rows
from baton.core.changes.actions import record_changes
from baton.core.changes.models import Change
from baton.core.keys import new_key
from baton.qualification.handoff.models import RoutingRule, Territory

KINDS = {RoutingRule: "routing_rule", Territory: "territory"}


@transaction.atomic
def move_to(
    *, row: RoutingRule | Territory, place: int, by: User | None, at: datetime
) -> UUID | None:
    """It is tried as number ``place`` (from 1) from now on, the others keep their order.

    The batch takes it back; None when it stands there already.
    """
    model: Any = type(row)
    rows: list[Any] = list(model.objects.living().select_for_update(no_key=True))
    left = [one for one in rows if one.pk != row.pk]
    place = max(1, min(place, len(rows)))
    [mine] = [one for one in rows if one.pk == row.pk]
    left.insert(place - 1, mine)
    if left == rows:
        return None
    moved = {one.pk: n for n, one in enumerate(left, start=1) if one.position != n}
    before = {one.pk: one.position for one in rows}
    update_rows(model, {pk: {"position": n} for pk, n in moved.items()}, fields=["position"])
    batch = new_key()
    record_changes(
        Change(
            object_type=KINDS[model],
            object_id=pk,
            verb="edited",
            before={"position": before[pk]},
            after={"position": n},
            by=by,
            at=at,
            batch=batch,
        )
        for pk, n in moved.items()
    )
    return batch
