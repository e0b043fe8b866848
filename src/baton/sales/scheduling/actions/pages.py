"""A seller's booking page: made, changed, thrown away, each with its way back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.changes.actions import (
    apply_edit,
    record_change,
    record_each,
    restore_rows,
    trash_rows,
)
from baton.core.changes.queries import read_fields
from baton.core.changes.slots import Tracked
from baton.core.errors import gettext_noop
from baton.core.keys import new_key
from baton.core.worktime.rules import WeeklyHours, find_zone
from baton.sales.scheduling.actions.refusals import SlugTaken
from baton.sales.scheduling.models import BookingPage
from baton.sales.scheduling.permissions import EDIT_BOOKINGS
from baton.sales.scheduling.rules import check_page

KIND = "booking_page"
FIELDS = (
    *("slug", "title", "minutes", "hours", "zone", "buffer_before", "buffer_after"),
    *("notice_hours", "days_ahead", "most_per_day", "place", "place_text", "reminds", "is_on"),
)
Ids = Collection[int]


@transaction.atomic
def save_page(
    *,
    user: User,
    values: Mapping[str, Any],
    by: User | None,
    at: datetime,
    version: int | None = None,
) -> tuple[BookingPage, UUID]:
    """Theirs, made or changed; the batch takes it back. Raises BadPage, SlugTaken, LostRace."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time: one page each
    known = BookingPage.objects.living().select_for_update().filter(user=user).first()
    page, batch = known or BookingPage(user=user), new_key()
    before = {name: getattr(page, name) for name in FIELDS}
    _check(before | dict(values))
    changed = apply_edit(page, values=values, version=version)
    if known and not changed:
        return page, batch
    page.version = page.version if known else 1
    _save(page)
    record_change(
        object_type=KIND,
        object_id=page.pk,
        verb="edited" if known else "created",
        before={name: before[name] for name in changed} if known else {},
        after={name: getattr(page, name) for name in changed},
        by=by,
        at=at,
        batch=batch,
    )
    return page, batch


def _check(values: Mapping[str, Any]) -> None:
    if unknown := values.keys() - set(FIELDS):
        raise TypeError(f"Not to be edited: {', '.join(sorted(unknown))}")
    check_page(values)
    if values["hours"] is not None:
        WeeklyHours.parse(values["hours"])
    if values["zone"]:
        find_zone(values["zone"])


def _save(page: BookingPage) -> None:
    """The unique index decides whose an address is."""
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as error:
        raise SlugTaken(_("Somebody has this address already. Choose another one.")) from error


@transaction.atomic
def trash_page(*, page: BookingPage, by: User | None, at: datetime) -> UUID:
    """Nobody books there any more; what was booked stands. The batch brings it back."""
    moved = trash_rows(BookingPage.objects.filter(pk=page.pk), at=at)
    return record_each(moved, object_type=KIND, verb="deleted", by=by, at=at)


@transaction.atomic
def _write(page_id: int, values: Mapping[str, Any], by: User | None, at: datetime) -> None:
    page = BookingPage.objects.select_for_update().get(pk=page_id)
    if apply_edit(page, values=values):
        _save(page)


def _restore(ids: Ids, by: User | None, at: datetime) -> list[int]:
    """Those whose address is free, and whose seller has made no other one."""
    living = BookingPage.objects.living()
    free = [
        page.pk
        for page in BookingPage.objects.filter(pk__in=ids)
        if not living.filter(slug=page.slug).exists()
        and not living.filter(user=page.user_id).exists()
    ]
    return restore_rows(BookingPage.objects.filter(pk__in=free))


PAGE = Tracked(
    object_type=KIND,
    label=gettext_noop("Booking page"),
    read=partial(read_fields, BookingPage),
    write=_write,
    trash=lambda ids, by, at: trash_rows(BookingPage.objects.filter(pk__in=ids), at=at),
    restore=_restore,
    reach=lambda user, _verb: BookingPage.objects.reached_by(user, EDIT_BOOKINGS),
)
