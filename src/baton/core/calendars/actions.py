"""The only place that writes leave and free days; each tells that a calendar changed."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.access.roles import Verb
from baton.core.calendars.events import CalendarChanged
from baton.core.calendars.models import FreeDay, FreeDayQuerySet, Leave, LeaveQuerySet
from baton.core.calendars.permissions import KEEP_LEAVE, MANAGE_CALENDARS
from baton.core.calendars.rules import LeaveKind
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import RuleViolation
from baton.core.facts import publish
from baton.core.keys import new_key

FIELDS = ("kind", "from_on", "to_on", "starts_at_noon", "ends_at_noon", "note")
Ids = Collection[int]


class BadLeave(RuleViolation):
    """Days off that cannot be kept."""


class BadFreeDay(RuleViolation):
    """A free day that cannot be kept."""


def tell_change(*, user: User | None, at: datetime, by: User | None = None) -> None:
    """Hours, zone, holidays, leave of one (None: of the company) are others than before."""
    publish(
        CalendarChanged(
            happened_at=at, actor_id=by.pk if by else None, user_id=user.pk if user else 0
        )
    )


@transaction.atomic
def save_leave(
    *,
    user: User,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    leave: Leave | None = None,
    version: int | None = None,
) -> tuple[Leave, UUID]:
    """New days off, or others; the batch takes it back. Raises BadLeave and LostRace."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time: no two overlap
    verb = "edited" if leave else "created"
    leave = Leave.objects.select_for_update().get(pk=leave.pk) if leave else Leave(user=user)
    before = {name: getattr(leave, name) for name in FIELDS}
    changed = apply_edit(leave, values=_checked(values), version=version)
    _refuse_nonsense(leave)
    batch = new_key()
    if changed or verb == "created":
        leave.version = 1 if verb == "created" else leave.version
        leave.save()
        record_change(
            object_type="leave",
            object_id=leave.pk,
            verb=verb,
            before={name: before[name] for name in changed} if verb == "edited" else {},
            after={name: getattr(leave, name) for name in changed},
            by=by,
            at=at,
            batch=batch,
        )
        tell_change(user=user, by=by, at=at)
    return leave, batch


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := values.keys() - set(FIELDS):
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    clean = dict(values)
    for name in ("from_on", "to_on"):
        if isinstance(clean.get(name), str):  # from the history
            clean[name] = date.fromisoformat(clean[name])
    return clean


def _refuse_nonsense(leave: Leave) -> None:
    if leave.kind not in set(LeaveKind):
        raise BadLeave(_("There is no such kind of leave."))
    if len(leave.note) > 120:
        raise BadLeave(_("The note is longer than 120 characters."))
    asked = leave.days_away()
    others = Leave.objects.living().filter(
        user=leave.user_id, from_on__lte=leave.to_on, to_on__gte=leave.from_on
    )
    for other in others.exclude(pk=leave.pk):
        if asked.overlaps(other.days_away()):
            words = _("These days are off already: %(since)s to %(until)s.")
            days = {"since": other.from_on, "until": other.to_on}
            raise BadLeave(words % {name: date_format(day, "j M") for name, day in days.items()})


@transaction.atomic
def trash_leaves(*, leave_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Taken back; the batch brings them again."""
    moved = _trash_leaves(leave_ids, by, at)
    return record_each(moved, object_type="leave", verb="deleted", by=by, at=at)


@transaction.atomic
def add_free_day(
    *, on: date, name: str, is_yearly: bool, by: User | None, at: datetime
) -> tuple[FreeDay, UUID]:
    """Nobody works on it; the batch takes it back. Raises BadFreeDay."""
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > 120:
        raise BadFreeDay(_("Say in at most 120 characters why the day is free."))
    if not 1970 <= on.year < 2200:
        raise BadFreeDay(_("Nobody plans free days in that year."))
    day, batch = FreeDay(on=on, name=name, is_yearly=is_yearly), new_key()
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError as error:
        raise BadFreeDay(_("This day is free already.")) from error
    record_change(
        object_type="free_day",
        object_id=day.pk,
        verb="created",
        after={"name": name, "on": on},
        by=by,
        at=at,
        batch=batch,
    )
    tell_change(user=None, by=by, at=at)
    return day, batch


@transaction.atomic
def trash_free_days(*, day_ids: Ids, by: User | None, at: datetime) -> UUID:
    """Days of work again; the batch frees them anew."""
    moved = _trash_days(day_ids, by, at)
    return record_each(moved, object_type="free_day", verb="deleted", by=by, at=at)


def _trash_leaves(ids: Ids, by: User | None, at: datetime) -> list[int]:
    moved = trash_rows(Leave.objects.filter(pk__in=ids), at=at)
    _tell_users(moved, by=by, at=at)
    return moved


@transaction.atomic
def _restore_leaves(ids: Ids, by: User | None, at: datetime) -> list[int]:
    moved = restore_rows(Leave.objects.filter(pk__in=_free_again(ids)))
    _tell_users(moved, by=by, at=at)
    return moved


def _free_again(ids: Ids) -> list[int]:
    """Those over whose days nobody has taken others meanwhile."""
    free = []
    for leave in Leave.objects.filter(pk__in=ids):
        try:
            _refuse_nonsense(leave)
        except RuleViolation:
            continue
        free.append(leave.pk)
    return free


def _tell_users(leave_ids: Ids, *, by: User | None, at: datetime) -> None:
    for user in User.objects.filter(leaves__in=leave_ids).distinct().order_by("pk"):
        tell_change(user=user, by=by, at=at)


def _write_leave(leave_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    leave = Leave.objects.select_related("user").get(pk=leave_id)
    apply_edit(leave, values=_checked(values))
    _refuse_nonsense(leave)
    leave.save()
    tell_change(user=leave.user, by=by, at=at)


def _trash_days(ids: Ids, by: User | None, at: datetime) -> list[int]:
    moved = trash_rows(FreeDay.objects.filter(pk__in=ids), at=at)
    if moved:
        tell_change(user=None, by=by, at=at)
    return moved


@transaction.atomic
def _restore_days(ids: Ids, by: User | None, at: datetime) -> list[int]:
    taken = FreeDay.objects.living().values("on")
    moved = restore_rows(FreeDay.objects.filter(pk__in=ids).exclude(on__in=taken))
    if moved:
        tell_change(user=None, by=by, at=at)
    return moved


def _reach_leaves(user: User, verb: Verb) -> LeaveQuerySet:
    return Leave.objects.reached_by(user, KEEP_LEAVE)


def _reach_days(user: User, verb: Verb) -> FreeDayQuerySet:
    return FreeDay.objects.reached_by(user, MANAGE_CALENDARS)


LEAVE = Tracked(
    object_type="leave",
    label="Leave",
    read=partial(read_fields, Leave),
    write=_write_leave,
    trash=_trash_leaves,
    restore=_restore_leaves,
    reach=_reach_leaves,
)
FREE_DAY = Tracked(
    object_type="free_day",
    label="Free day",
    read=partial(read_fields, FreeDay),
    write=lambda day_id, values, by, at: None,  # it is made and deleted, never edited
    trash=_trash_days,
    restore=_restore_days,
    reach=_reach_days,
)
