"""Write down what was done, and take it back."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.bulk import insert_rows
from baton.core.changes.models import Change
from baton.core.changes.queries import MADE
from baton.core.changes.slots import Tracked, tracked_as
from baton.core.columns import Column, Same, insert_columns
from baton.core.errors import RuleViolation
from baton.core.keys import RecordModel, new_key
from baton.core.whence import by_now

OPPOSITE = {"created": "deleted", "deleted": "restored", "restored": "deleted"}


class LostRace(RuleViolation):
    """Somebody saved the record since it was read; nothing was written."""


class NothingToUndo(RuleViolation):
    """The act is unknown, was undone already, or nothing of it is left."""


class StaysInTrash(RuleViolation):
    """Another one has taken its place since."""


def plain(value: Any) -> Any:
    """A value as JSON keeps it: ids for records, text for exact numbers and times."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, Decimal):
        return str(value.normalize() if value else Decimal(0))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def record_change(
    *,
    object_type: str,
    object_id: int,
    verb: str,
    at: datetime,
    by: User | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    cause: str = "",
    batch: UUID | None = None,
) -> Change:
    """One row of history for one record; ``batch`` ties together what one act did."""
    return Change.objects.create(
        object_type=object_type,
        object_id=object_id,
        verb=verb,
        before={name: plain(value) for name, value in (before or {}).items()},
        after={name: plain(value) for name, value in (after or {}).items()},
        by_id=by.pk if by else by_now(),
        at=at,
        cause=cause,
        batch=batch or new_key(),
    )


def record_changes(changes: Iterable[Change]) -> None:
    """Many rows of history at once; values must be plain already."""
    rows, began = list(changes), by_now()
    for row in rows if began else ():
        row.by_id = row.by_id or began
    insert_rows(Change, rows)


def record_columns(columns: Mapping[str, Column], *, count: int) -> None:
    """The same column by column."""
    by = columns.get("by_id")
    is_nobodys = by is None or (isinstance(by, Same) and by.value is None)
    insert_columns(
        Change, {**columns, **({"by_id": Same(by_now())} if is_nobodys else {})}, count=count
    )


def record_each(
    ids: Iterable[int],
    *,
    object_type: str,
    verb: str,
    by: User | None,
    at: datetime,
    cause: str = "",
    batch: UUID | None = None,
) -> UUID:
    """The same row of history for each; the batch that is returned ties them together."""
    batch = batch or new_key()
    record_changes(
        Change(
            object_type=object_type,
            object_id=pk,
            verb=verb,
            by=by,
            at=at,
            cause=cause,
            batch=batch,
        )
        for pk in ids
    )
    return batch


@transaction.atomic(savepoint=False)
def trash_rows(rows: QuerySet[Any], *, at: datetime) -> list[int]:
    """Those of them that live, into the trash; says which. ``record_each`` writes the history."""
    return _turn(rows.filter(deleted_at=None), deleted_at=at)


@transaction.atomic(savepoint=False)
def restore_rows(rows: QuerySet[Any]) -> list[int]:
    """Those of them that lie in the trash, out of it; says which."""
    return _turn(rows.exclude(deleted_at=None), deleted_at=None)


def _turn(rows: QuerySet[Any], *, deleted_at: datetime | None) -> list[int]:
    ids = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    turned = rows.model._base_manager.filter(pk__in=ids)
    turned.update(deleted_at=deleted_at, version=F("version") + 1)
    return ids


def check_version(record: RecordModel, *, version: int | None) -> None:
    """Raises LostRace where another ``version`` than the present one was read."""
    if version not in {None, record.version}:
        raise LostRace(
            _(
                "Somebody changed this while you were typing. "
                "Yours is still in the form: compare and save again."
            )
        )


def apply_edit(
    record: RecordModel, *, values: Mapping[str, Any], version: int | None = None
) -> list[str]:
    """Set the fields that differ on a locked record and raise its version; returns their names.

    Saves nothing. Raises LostRace when ``version`` is not the present one and a field differs.
    """
    changed = [name for name, value in values.items() if getattr(record, name) != value]
    if changed:
        check_version(record, version=version)
    for name in changed:
        setattr(record, name, values[name])
    if changed:
        record.version += 1
    return changed


def save_edit(
    record: RecordModel,
    *,
    object_type: str,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    version: int | None = None,
    batch: UUID | None = None,
    cause: str = "",
) -> list[str]:
    """Write what differs on a locked record, with its history; says which. Raises LostRace."""
    before = {name: getattr(record, name) for name in values}
    changed = apply_edit(record, values=values, version=version)
    if changed:
        record.save(update_fields=[*changed, "version"])
        record_change(
            object_type=object_type,
            object_id=record.pk,
            verb="edited",
            before={name: before[name] for name in changed},
            after={name: values[name] for name in changed},
            by=by,
            at=at,
            batch=batch,
            cause=cause,
        )
    return changed


@transaction.atomic
def restore_record(*, kind: Tracked, record_id: int, by: User | None, at: datetime) -> UUID:
    """Out of the trash; the batch that is returned puts it back. Raises StaysInTrash."""
    if not kind.restore([record_id], by, at):
        raise StaysInTrash(_("It stays in the trash: another one has its name by now."))
    return record_each([record_id], object_type=kind.object_type, verb="restored", by=by, at=at)


@dataclass
class Undone:
    """What an undo did: records put back, and the fields it left since somebody changed them."""

    record_count: int = 0
    kept_fields: list[str] = field(default_factory=list)


@transaction.atomic
def undo(
    *,
    batch: UUID,
    by: User | None,
    at: datetime,
    limit: int | None = None,
    is_patient: bool = False,
) -> Undone:
    """Take back one act, newest row first, field by field where nobody changed it since; with a
    ``limit`` a bite of it, and ``is_patient`` where nothing that stays is a reason to end: neither
    a bite of which nothing is left, nor a record that refuses, such as one in the trash.

    Raises NothingToUndo. The undo is itself written down, under cause "undo".
    """
    rows = list(
        Change.objects.select_for_update()
        .filter(batch=batch, undone_at=None)
        .order_by("-pk")[:limit]
    )
    if not rows:
        raise NothingToUndo(_("There is nothing to undo."))
    outcome = Undone()
    back = new_key()
    for row in rows:
        try:
            with transaction.atomic() if is_patient else nullcontext():
                _undo_one(row, outcome=outcome, by=by, at=at, batch=back)
        except RuleViolation:
            if not is_patient:
                raise
            outcome.kept_fields += sorted(row.before)
    if not outcome.record_count and not is_patient:
        raise NothingToUndo(_("Nothing was taken back: it was changed since."))
    Change.objects.filter(pk__in=[row.pk for row in rows]).update(undone_at=at)
    return outcome


def _undo_one(row: Change, *, outcome: Undone, by: User | None, at: datetime, batch: UUID) -> None:
    kind = tracked_as(row.object_type)
    if kind is None:
        return
    if not _turn_back(row, kind=kind, outcome=outcome, by=by, at=at):
        return
    outcome.record_count += 1
    record_change(
        object_type=row.object_type,
        object_id=row.object_id,
        verb=OPPOSITE.get(row.verb, "edited"),
        before=row.after,
        after=row.before,
        by=by,
        at=at,
        cause="undo",
        batch=batch,
    )


def _turn_back(
    row: Change, *, kind: Tracked, outcome: Undone, by: User | None, at: datetime
) -> bool:
    if row.verb in MADE:
        return bool(kind.trash([row.object_id], by, at))
    if row.verb == "deleted":
        return bool(kind.restore([row.object_id], by, at))
    return _write_back(row, kind=kind, outcome=outcome, by=by, at=at)


def _write_back(
    row: Change, *, kind: Tracked, outcome: Undone, by: User | None, at: datetime
) -> bool:
    """The old values, where the field still holds what that act wrote; was there any?"""
    now = kind.read([row.object_id], list(row.after)).get(row.object_id, {})
    untouched = {
        name: old for name, old in row.before.items() if plain(now.get(name)) == row.after.get(name)
    }
    outcome.kept_fields += sorted(set(row.before) - set(untouched))
    if untouched:
        kind.write(row.object_id, untouched, by, at)
    return bool(untouched)
