"""How a pool works: by turns or as a queue, by which clock, and who stands behind it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import apply_edit, record_change
from baton.qualification.handoff.actions.refusals import BadPool
from baton.qualification.handoff.models import Pool

POOL_FIELDS = ("name", "is_pull", "asks_workers", "clock_minutes", "escalates_to")


@transaction.atomic
def edit_pool(
    *,
    pool: Pool,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> Pool:
    """Raises BadPool, LostRace."""
    chosen = {name: values[name] for name in POOL_FIELDS if name in values}
    # All of them: two edits at once must not close a ring between them.
    pools = {one.pk: one for one in Pool.objects.select_for_update().order_by("pk")}
    pool = pools[pool.pk]
    before = {name: getattr(pool, name) for name in chosen}
    if changed := apply_edit(pool, values=chosen, version=version):
        _check(pool, among=pools)
        pool.save()
        record_change(
            object_type="pool",
            object_id=pool.pk,
            verb="edited",
            by=by,
            at=at,
            before={name: before[name] for name in changed},
            after={name: chosen[name] for name in changed},
        )
    return pool


def _check(pool: Pool, *, among: Mapping[int, Pool]) -> None:
    if not pool.name.strip():
        raise BadPool(_("Give the pool a name."))
    if pool.clock_minutes is not None and pool.clock_minutes < 1:
        raise BadPool(_("A clock has a minute or more."))
    if pool.is_catch_all and pool.is_pull:
        raise BadPool(_("The catch-all queue is a queue already."))
    behind = among.get(pool.escalates_to_id or 0)
    if behind and (behind.is_catch_all or behind.deleted_at):
        raise BadPool(_("Choose people who take turns; the catch-all queue comes by itself."))
    names, seen = [pool.name], {pool.pk}
    while behind:
        names.append(behind.name)
        if behind.pk in seen:
            words = _("Nobody would ever take it: %(ring)s.")
            raise BadPool(words % {"ring": " → ".join(names)})
        seen.add(behind.pk)
        behind = among.get(behind.escalates_to_id or 0)


def write_pool_back(pool_id: int, values: Mapping[str, Any]) -> None:
    """Old values, for the undo. Raises BadPool."""
    pools = {one.pk: one for one in Pool.objects.select_for_update().order_by("pk")}
    pool, live = pools[pool_id], dict(values)
    if "escalates_to" in live:
        live["escalates_to"] = pools.get(live["escalates_to"] or 0)
    if apply_edit(pool, values=live):
        _check(pool, among=pools)
        pool.save()
