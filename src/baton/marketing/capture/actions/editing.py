"""What pages and forms have in common: made, edited, put in the trash, taken back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.changes.actions import apply_edit, record_change, trash_rows
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.marketing.capture.models import Form, Page
from baton.marketing.capture.permissions import DELETE_PAGES, EDIT_PAGES

Editable = TypeVar("Editable", Form, Page)
NAMES: dict[type[Form] | type[Page], str] = {Form: "form", Page: "page"}
ADDRESSES: dict[type[Form] | type[Page], str] = {Form: "code", Page: "slug"}


class AddressTaken(RuleViolation):
    """Another living page has this address, or another living form this code."""


class BeingShown(RuleViolation):
    """A form that pages still show cannot go."""


@transaction.atomic
def make(record: Editable, *, by: User | None, at: datetime) -> Editable:
    """Save a new one and write it down. Raises AddressTaken."""
    _save_once(record)
    record_change(
        object_type=NAMES[type(record)],
        object_id=record.pk,
        verb="created",
        after={"name": str(record)},
        by=by,
        at=at,
    )
    return record


@transaction.atomic
def edit(
    record: Editable,
    *,
    values: Mapping[str, Any],
    version: int | None,
    by: User | None,
    at: datetime,
    batch: UUID | None = None,
) -> Editable:
    """Set the fields that differ and write it down. Raises LostRace and AddressTaken."""
    record = type(record)._default_manager.select_for_update().get(pk=record.pk)
    before = {name: getattr(record, name) for name in values}
    changed: list[str] = apply_edit(record, values=values, version=version)
    if changed:
        _save_once(record, fields=[*changed, "version"])
        record_change(
            object_type=NAMES[type(record)],
            object_id=record.pk,
            verb="edited",
            before={name: before[name] for name in changed},
            after={name: values[name] for name in changed},
            by=by,
            at=at,
            batch=batch,
        )
    return record


@transaction.atomic
def trash(record: Form | Page, *, by: User | None, at: datetime) -> UUID:
    """Into the trash; the batch that is returned takes it out again. Raises BeingShown."""
    kind, batch = type(record), new_key()
    put_away(kind, [record.pk], by, at)
    record_change(
        object_type=NAMES[kind],
        object_id=record.pk,
        verb="deleted",
        before={"name": str(record)},
        by=by,
        at=at,
        batch=batch,
    )
    return batch


def put_away(
    kind: type[Form] | type[Page], ids: Collection[int], by: User | None, at: datetime
) -> list[int]:
    """Without history, for the undo, which writes its own."""
    shown = Page.objects.living().filter(form__in=ids) if kind is Form else Page.objects.none()
    if names := ", ".join(page.title for page in shown[:3]):
        raise BeingShown(_("Pages still show this form: %(pages)s.") % {"pages": names})
    return trash_rows(kind._default_manager.filter(pk__in=ids), at=at)


def bring_back(
    kind: type[Form] | type[Page], ids: Collection[int], by: User | None, at: datetime
) -> list[int]:
    """Without history. Raises AddressTaken when the address has gone to another meanwhile."""
    trashed: Any = kind._default_manager.exclude(deleted_at=None).filter(pk__in=ids)
    back: list[Form | Page] = list(trashed.select_for_update())
    for record in back:
        record.deleted_at, record.version = None, record.version + 1
        _save_once(record, fields=["deleted_at", "version"])
    return [record.pk for record in back]


def _save_once(record: Form | Page, *, fields: list[str] | None = None) -> None:
    """Two may choose one address at once: the unique index decides."""
    try:
        with transaction.atomic():
            record.save(update_fields=fields)
    except IntegrityError as error:
        address = getattr(record, ADDRESSES[type(record)])
        words = _("“%(address)s” is taken. Choose another address.")
        raise AddressTaken(words % {"address": address}) from error


def _write(
    kind: type[Form] | type[Page], pk: int, values: Mapping[str, Any], by: User | None, at: datetime
) -> None:
    record = kind._default_manager.select_for_update().get(pk=pk)
    apply_edit(record, values=live_values(kind, values))
    _save_once(record)


def tracked_as(kind: type[Form] | type[Page], *, label: str) -> Tracked:
    """How history and undo read and write this kind."""
    return Tracked(
        object_type=NAMES[kind],
        label=label,
        read=partial(read_fields, kind),
        write=lambda pk, values, by, at: _write(kind, pk, values, by, at),
        trash=lambda ids, by, at: put_away(kind, ids, by, at),
        restore=lambda ids, by, at: bring_back(kind, ids, by, at),
        reach=lambda user, verb: kind.objects.reached_by(
            user, DELETE_PAGES if verb is Verb.DELETE else EDIT_PAGES
        ),
    )
