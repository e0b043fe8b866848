"""Whether they came: a held meeting on the timeline, or one to which nobody came."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.records.timeline import actions as timeline
from baton.records.timeline.rules import Kind, Outcome
from baton.sales.scheduling.actions.changing import locked
from baton.sales.scheduling.actions.refusals import NotHeldYet
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.rules import State


@transaction.atomic
def mark_came(*, booking: Booking, came: bool, by: User | None, at: datetime) -> Booking:
    """Once; the timeline and the clocks of the lead follow. Raises NotHeldYet."""
    booking = locked(booking)
    if booking.state != State.BOOKED:
        return booking
    if booking.starts_at > at:
        raise NotHeldYet(_("Whether they came is known once it has begun."))
    minutes = round((booking.ends_at - booking.starts_at).total_seconds() / 60)
    booking.activity = timeline.log_activity(
        kind=Kind.MEETING,
        outcome=Outcome.HELD if came else Outcome.NO_SHOW,
        by=booking.rep,
        at=min(booking.ends_at, at),
        person=booking.person,
        subject=booking.title,
        minutes=minutes if came else None,
    )
    booking.state = State.CAME if came else State.NO_SHOW
    booking.remind_at = None
    booking.save(update_fields=["activity", "state", "remind_at"])
    if booking.task:
        timeline.finish_task(task=booking.task, by=by, at=at)
    return booking


@transaction.atomic
def unmark(*, booking: Booking, by: User | None, at: datetime) -> Booking:
    """Taken back: nobody has said yet whether they came."""
    booking = locked(booking)
    if booking.state not in {State.CAME, State.NO_SHOW}:
        return booking
    if booking.activity_id:
        timeline.trash_activities(activity_ids=[booking.activity_id], by=by, at=at)
    if booking.task:
        timeline.reopen_task(task=booking.task, by=by, at=at)
    booking.state, booking.activity = State.BOOKED, None
    booking.save(update_fields=["state", "activity"])
    return booking
