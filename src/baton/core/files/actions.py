"""Put files on a record, and take them off again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.actions import record_each, restore_rows, trash_rows
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.colleagues.slots import RecordKind, record_kinds
from baton.core.errors import RuleViolation
from baton.core.facts import publish, publish_many
from baton.core.files import store
from baton.core.files.events import FileAdded, FileRemoved
from baton.core.files.models import File
from baton.core.files.permissions import EDIT_FILES
from baton.core.files.rules import MOST_AT_ONCE, harmless_name, size_words, sniffed
from baton.core.files.store import Received, Wrong
from baton.core.settings.models import Organisation

KEPT = timedelta(days=30)  # in the trash


class NotTaken(RuleViolation):
    """Nothing of what was sent is kept."""


@dataclass(frozen=True, kw_only=True)
class Added:
    """``batch`` takes back what is new; of what was there already nothing."""

    files: Sequence[File]
    new_count: int
    batch: UUID


def add_files(
    *, kind: RecordKind, record: Any, received: Sequence[Received], by: User, at: datetime
) -> Added:
    """All of them or none; the same content under the same name is there once. Raises NotTaken."""
    _refuse_unusable(received)
    try:
        return _add(kind=kind, record=record, received=received, by=by, at=at)
    except OSError as error:
        raise NotTaken(_disk_full()) from error


@transaction.atomic
def _add(
    *, kind: RecordKind, record: Any, received: Sequence[Received], by: User, at: datetime
) -> Added:
    # Two uploads one after the other: together they may be more than there is room for.
    Organisation.objects.select_for_update().filter(pk=1).first()
    rows = File.objects.living().filter(object_type=kind.name, object_id=record.pk)
    there = {(row.content, row.name): row for row in rows}
    files, fresh = [], []
    for one in received:
        name = harmless_name(one.name)
        row = there.get((one.digest, name))
        if row is None:
            row = File(
                object_type=kind.name,
                object_id=record.pk,
                name=name,
                size=one.size,
                kind=sniffed(one.head),
                content=one.digest,
                by=by,
                created_at=at,
            )
            there[one.digest, name] = row
            fresh.append(row)
        files.append(row)
    _refuse_too_much(fresh)
    for one in received:
        one.keep()
    batch = _write(fresh, kind=kind, record=record, by=by, at=at)
    return Added(files=files, new_count=len(fresh), batch=batch)


def _write(fresh: Sequence[File], *, kind: RecordKind, record: Any, by: User, at: datetime) -> UUID:
    for row in fresh:
        row.save(force_insert=True)
    publish_many(
        FileAdded(
            happened_at=at,
            object_type=kind.name,
            object_id=record.pk,
            file_id=row.pk,
            actor_id=by.pk,
            **kind.about(record),
        )
        for row in fresh
    )
    return record_each([row.pk for row in fresh], object_type="file", verb="created", by=by, at=at)


def _refuse_unusable(received: Sequence[Received]) -> None:
    if not received:
        raise NotTaken(_("Choose a file first."))
    for one in received:
        name = {"name": harmless_name(one.name), "most": size_words(settings.FILE_MAX_SIZE)}
        if one.wrong is Wrong.TOO_LARGE:
            raise NotTaken(_("“%(name)s” is larger than %(most)s.") % name)
        if one.wrong is Wrong.TOO_MANY:
            raise NotTaken(_("Up to %(n)s files go at once.") % {"n": MOST_AT_ONCE})
        if one.wrong is Wrong.DISK_FULL:
            raise NotTaken(_disk_full())
        if not one.size:
            raise NotTaken(_("“%(name)s” is empty.") % name)


def _refuse_too_much(fresh: Sequence[File]) -> None:
    held = File.objects.aggregate(all=Sum("size"))["all"] or 0
    if fresh and held + sum(row.size for row in fresh) > settings.FILES_MAX_TOTAL:
        most = {"most": size_words(settings.FILES_MAX_TOTAL)}
        raise NotTaken(_("All files together may be %(most)s: there is no room left.") % most)


def _disk_full() -> str:
    return _("The server’s disk is full: nothing was kept.")


@transaction.atomic
def remove_file(*, file: File, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes it out again."""
    moved = trash_rows(File.objects.filter(pk=file.pk), at=at)
    if moved:
        publish(
            FileRemoved(
                happened_at=at,
                object_type=file.object_type,
                object_id=file.object_id,
                file_id=file.pk,
                actor_id=by.pk if by else None,
                **_about(file, by),
            )
        )
    return record_each(moved, object_type="file", verb="deleted", by=by, at=at)


def _about(file: File, by: User | None) -> Any:
    kind = record_kinds.find(file.object_type)
    found = kind.reached(by, kind.view).filter(pk=file.object_id).first() if kind and by else None
    return kind.about(found) if kind and found else {}


def throw_away_old(*, at: datetime) -> None:
    """What has lain in the trash for long; what killed processes left; what no row names."""
    # The rows first: a content without one is swept, a row without one is a loss.
    File.objects.filter(deleted_at__lt=at - KEPT).delete()
    store.mend(at=at)
    for digest in store.old_contents(at=at):
        if not File.objects.filter(content=digest).exists():
            store.sweep(digest, at=at)


def _write_back(pk: int, values: Any, by: User | None, at: datetime) -> None:
    """A file has nothing to edit."""
    raise TypeError(f"A file has no such fields: {', '.join(values)}")


def _reach(user: User, _verb: Verb) -> Any:
    return File.objects.reached_by(user, EDIT_FILES)


FILE = Tracked(
    object_type="file",
    label="File",
    read=partial(read_fields, File),
    write=_write_back,
    trash=lambda ids, by, at: trash_rows(File.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, by, at: restore_rows(File.objects.filter(pk__in=ids)),
    reach=_reach,
)
