"""A meeting is moved or cancelled, by the buyer or by who holds it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.facts import publish
from baton.records.timeline import actions as timeline
from baton.sales.scheduling.actions.booking import reminder_of
from baton.sales.scheduling.actions.refusals import MovedOften, NotAhead, Taken
from baton.sales.scheduling.events import MeetingCancelled, MeetingMoved
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.queries import is_free
from baton.sales.scheduling.rules import MOST_MOVES, State


@transaction.atomic
def move_booking(
    *, booking: Booking, start: datetime, at: datetime, by: User | None = None
) -> Booking:
    """To another free time; the same time again changes nothing.

    Raises Taken, NotAhead, MovedOften.
    """
    booking = _held(booking, at=at)
    before = booking.starts_at
    if start == before:
        return booking
    if by is None and booking.sequence >= MOST_MOVES:
        raise MovedOften(_("This meeting was moved often. Keep its time, or cancel it."))
    if not is_free(booking.page, start, at=at, without=booking):
        raise Taken(_("This time was just taken. Choose another one."))
    booking.ends_at, booking.starts_at = start + (booking.ends_at - before), start
    booking.sequence += 1
    booking.remind_at = reminder_of(booking.page, start, at=at)
    booking.save(update_fields=["starts_at", "ends_at", "sequence", "remind_at"])
    if booking.task and booking.task.deleted_at is None:
        timeline.edit_task(task=booking.task, values={"due_at": start}, version=None, by=by, at=at)
    publish(
        MeetingMoved(**_about(booking, by=by, at=at), from_at=before.isoformat(), **_told(booking))
    )
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, at: datetime, by: User | None = None) -> Booking:
    """Once; a second press changes nothing. Raises NotAhead for one that is over."""
    known = locked(booking)
    if known.state == State.CANCELLED:
        return known
    booking = _held(booking, at=at)
    booking.state, booking.cancelled_at, booking.cancelled_by = State.CANCELLED, at, by
    booking.sequence += 1
    booking.remind_at = None
    booking.save(update_fields=["state", "cancelled_at", "cancelled_by", "sequence", "remind_at"])
    if booking.task:
        timeline.trash_tasks(task_ids=[booking.task.pk], by=by, at=at)
    publish(MeetingCancelled(**_about(booking, by=by, at=at), **_told(booking)))
    return booking


def locked(booking: Booking) -> Booking:
    """As it is now; whoever else wants this seller's time waits."""
    User.objects.select_for_update(no_key=True).get(pk=booking.rep_id)
    rows = Booking.objects.select_related("page__user", "rep", "person", "task")
    return rows.get(pk=booking.pk)


def _held(booking: Booking, *, at: datetime) -> Booking:
    booking = locked(booking)
    if booking.state != State.BOOKED or booking.ends_at <= at:
        raise NotAhead(_("This meeting is over, or was cancelled."))
    return booking


def _about(booking: Booking, *, by: User | None, at: datetime) -> dict[str, Any]:
    return {
        "happened_at": at,
        "person_id": booking.person_id,
        "company_id": booking.person.company_id,
        "actor_id": by.pk if by else None,
    }


def _told(booking: Booking) -> dict[str, Any]:
    return {
        "booking_id": booking.pk,
        "rep_id": booking.rep_id,
        "starts_at": booking.starts_at.isoformat(),
        "title": booking.title,
        "sequence": booking.sequence,
    }
