"""A clock stands still while they asked us to wait, where the agreement has it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baton.core.access.models import User
from baton.core.calendars.queries import HoursBook
from baton.core.errors import RuleViolation
from baton.qualification.handoff.actions.promised.counting import count_anew
from baton.qualification.handoff.models import Clock

LENGTH = 250  # of a reason


class BadPause(RuleViolation):
    """Not agreed, too long, over, or without a reason."""


@transaction.atomic
def pause_clock(*, clock: Clock, until: datetime, reason: str, by: User, at: datetime) -> Clock:
    """It goes on at ``until`` by itself, with the working time that is left now."""
    clock = _running(clock)
    days = clock.agreement.pause_days
    if not days:
        raise BadPause(_("The agreement lets no clock pause."))
    if clock.pause_now(at):
        raise BadPause(_("This clock is paused already."))
    if clock.late_at or clock.is_late(at):
        raise BadPause(_("This clock is over. Answer first."))
    if not at < until <= at + timedelta(days=days):
        words = ngettext(
            "Pause until a day that lies ahead, at most %(n)d day.",
            "Pause until a day that lies ahead, at most %(n)d days.",
            days,
        )
        raise BadPause(words % {"n": days})
    if not (why := reason.strip()):
        raise BadPause(_("Say why it pauses."))
    clock.pauses = [*clock.pauses, [at.isoformat(), until.isoformat(), why[:LENGTH], by.name]]
    return _counted(clock)


@transaction.atomic
def resume_clock(*, clock: Clock, at: datetime) -> Clock:
    """It goes on now; one that is not paused goes on as it did."""
    clock = _running(clock)
    if clock.pause_now(at) is None:
        return clock
    clock.pauses = [
        [since, at.isoformat() if datetime.fromisoformat(until) > at else until, *rest]
        for since, until, *rest in clock.pauses
    ]
    return _counted(clock)


def _counted(clock: Clock) -> Clock:
    count_anew(clock, hours=HoursBook([clock.owner]).of(clock.owner))
    clock.save(update_fields=["pauses", "due_at", "looks_at", "told"])
    return clock


def _running(clock: Clock) -> Clock:
    found = Clock.objects.running().held().filter(pk=clock.pk).first()
    if found is None:
        raise BadPause(_("This clock has stopped meanwhile."))
    return found
