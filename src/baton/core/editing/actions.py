"""One act on many rows, at once or bite by bite, and taken back likewise."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.changes.actions import NothingToUndo, undo
from baton.core.changes.models import Change
from baton.core.editing.matching import listed
from baton.core.editing.models import BulkRun
from baton.core.editing.slots import BulkAct, Doing, bulk_acts
from baton.core.errors import RuleViolation
from baton.core.keys import new_key

BITE = 300  # rows in one transaction of a run


@transaction.atomic
def do_at_once(
    *, act: BulkAct, ids: Collection[int], value: Any, by: User, at: datetime
) -> tuple[int, UUID]:
    """All in one transaction; says how many it changed, and the batch that takes it back."""
    doing = Doing(by=by, at=at, batch=new_key())
    return act.act(ids, value, doing), doing.batch


def start_run(*, act: BulkAct, asked: str, value: str, total: int, last: int, by: User) -> BulkRun:
    """To be done in the background: the caller enqueues its first bite."""
    return BulkRun.objects.create(
        user=by, act=act.key, asked=asked, value=value, batch=new_key(), total=total, last=last
    )


def start_undo(*, run: BulkRun) -> BulkRun:
    """The way back of a run, in bites as well."""
    rows = Change.objects.filter(batch=run.batch, undone_at=None).count()
    return BulkRun.objects.create(
        user=run.user, act=run.act, value=run.value, asked=run.asked, batch=run.batch,
        is_undo=True, total=rows, last=run.last,
    )  # fmt: skip


@transaction.atomic
def do_bite(*, run_id: int, at: datetime) -> bool:
    """The next rows of a run; whether there are more. What the user may not do any more is left."""
    run = BulkRun.objects.select_for_update(of=("self",)).select_related("user").get(pk=run_id)
    if run.ended_at or run.is_cancelled:
        return _end(run, at=at)
    bite = _undo_bite(run, at=at) if run.is_undo else _act_bite(run, at=at)
    if bite < BITE:
        return _end(run, at=at)
    run.save()
    return True


def cancel_run(*, run: BulkRun) -> None:
    """No further bite; what is done stays, and can be taken back."""
    BulkRun.objects.filter(pk=run.pk, ended_at=None).update(is_cancelled=True)


def _act_bite(run: BulkRun, *, at: datetime) -> int:
    act = bulk_acts.find(run.act)
    if act is None or not run.user.may(act.permission):
        return 0
    # The list's next ids first: which of all of them one may reach is not gathered for each bite.
    rows = listed(act, run.asked, user=run.user).filter(pk__gt=run.cursor, pk__lte=run.last)
    if not (bite := list(rows[:BITE])):
        return 0
    reached = act.reach(run.user).filter(pk__in=bite).order_by("pk")
    ids = list(reached.values_list("pk", flat=True))
    value = act.control(run.user).clean(run.value) if act.control else None
    if ids:
        run.done += _done(act, ids, value, Doing(by=run.user, at=at, batch=run.batch))
    run.cursor, run.seen = bite[-1], run.seen + len(ids)
    return len(bite)


def _done(act: BulkAct, ids: Collection[int], value: Any, doing: Doing) -> int:
    """Of a bite that is refused as a whole nothing changes, and the next one follows."""
    try:
        with transaction.atomic():
            return act.act(ids, value, doing)
    except RuleViolation:
        return 0


def _undo_bite(run: BulkRun, *, at: datetime) -> int:
    waiting = Change.objects.filter(batch=run.batch, undone_at=None)
    count = min(waiting.count(), BITE)
    try:
        run.done += undo(batch=run.batch, by=run.user, at=at, limit=BITE).record_count
    except NothingToUndo:  # all of them were changed since: they stay
        return 0
    run.seen += count
    return count


def _end(run: BulkRun, *, at: datetime) -> bool:
    run.ended_at = run.ended_at or at
    run.save()
    return False
