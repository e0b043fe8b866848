"""The only place that writes what other systems counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.bulk import CHUNK, update_rows
from baton.core.changes.actions import (
    apply_edit,
    plain,
    record_changes,
    restore_rows,
    trash_rows,
)
from baton.core.changes.models import Change
from baton.core.changes.queries import live_values, read_fields
from baton.core.changes.slots import Tracked
from baton.marketing.traffic.models import Traffic
from baton.marketing.traffic.permissions import DELETE_TRAFFIC, EDIT_TRAFFIC
from baton.marketing.traffic.rules import channel_of

FIGURES = ("sessions", "users", "key_events")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a system says of one day and one way to come. The same again replaces it."""

    day: date
    group: str = ""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    sessions: int | None = None
    users: int | None = None
    key_events: Decimal | None = None

    @property
    def way(self) -> tuple[date, str, str, str, str]:
        return self.day, self.group, self.source, self.medium, self.campaign

    @property
    def by(self) -> str:
        """What parts it from other rows of its day."""
        names = ("group", "source", "medium", "campaign")
        return " ".join(name for name in names if getattr(self, name))


@transaction.atomic
def record_traffic(
    *, system: str, counted: Sequence[Counted], at: datetime, batch: UUID
) -> list[tuple[bool, bool]]:
    """In this order, each way of a day once: is it new, is it changed."""
    days = {one.day for one in counted}
    held = Traffic.objects.living().filter(system=system, day__in=days).select_for_update()
    known = {_way(row): row for row in held}
    told: list[tuple[Traffic, dict[str, Any] | None]] = []
    for one in counted:
        row = known.get(one.way)
        former = {name: getattr(row, name) for name in FIGURES} if row else None
        row = row or _new(system, one)
        row.sessions, row.users, row.key_events = one.sessions, one.users, one.key_events
        told.append((row, former))
    _write(told, at=at, batch=batch)
    return [(former is None, bool(_changed(row, former))) for row, former in told]


def _way(row: Traffic) -> tuple[date, str, str, str, str]:
    return row.day, row.group, row.source, row.medium, row.campaign


def _new(system: str, one: Counted) -> Traffic:
    channel = channel_of(group=one.group, source=one.source, medium=one.medium)
    return Traffic(
        system=system,
        day=one.day,
        channel=channel,
        by=one.by,
        group=one.group,
        source=one.source,
        medium=one.medium,
        campaign=one.campaign,
    )


def _changed(row: Traffic, former: Mapping[str, Any] | None) -> list[str]:
    return [name for name, value in (former or {}).items() if getattr(row, name) != value]


def _write(
    told: Sequence[tuple[Traffic, dict[str, Any] | None]], *, at: datetime, batch: UUID
) -> None:
    Traffic.objects.bulk_create((row for row, former in told if not former), batch_size=CHUNK)
    moved = [row for row, former in told if _changed(row, former)]
    for row in moved:
        row.version += 1
    fields = (*FIGURES, "version")
    values = {row.pk: {name: getattr(row, name) for name in fields} for row in moved}
    update_rows(Traffic, values, fields=fields)
    record_changes(
        _change(row, former, at=at, batch=batch)
        for row, former in told
        if former is None or _changed(row, former)
    )


def _change(row: Traffic, former: dict[str, Any] | None, *, at: datetime, batch: UUID) -> Change:
    names = _changed(row, former)
    return Change(
        object_type="traffic",
        object_id=row.pk,
        verb="edited" if former else "created",
        before={name: plain((former or {})[name]) for name in names},
        after={name: plain(getattr(row, name)) for name in names or FIGURES},
        at=at,
        cause="import",
        batch=batch,
    )


@transaction.atomic
def _write_back(pk: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    row = Traffic.objects.select_for_update().get(pk=pk)
    if apply_edit(row, values=live_values(Traffic, values)):
        row.save()


def _bring_back(ids: Collection[int]) -> list[int]:
    """But for those whose day was counted anew meanwhile."""
    gone = list(Traffic.objects.filter(pk__in=ids).exclude(deleted_at=None))
    days = {row.day for row in gone}
    taken = {(row.system, *_way(row)) for row in Traffic.objects.living().filter(day__in=days)}
    free = [row.pk for row in gone if (row.system, *_way(row)) not in taken]
    return restore_rows(Traffic.objects.filter(pk__in=free))


TRAFFIC = Tracked(
    object_type="traffic",
    label="Website traffic",
    read=partial(read_fields, Traffic),
    write=_write_back,
    trash=lambda ids, _by, at: trash_rows(Traffic.objects.filter(pk__in=ids), at=at),
    restore=lambda ids, _by, _at: _bring_back(ids),
    reach=lambda user, verb: Traffic.objects.reached_by(
        user, DELETE_TRAFFIC if verb is Verb.DELETE else EDIT_TRAFFIC
    ),
    has_trash=False,  # a day of a file comes back with the file
)
