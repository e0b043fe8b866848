"""The clock of a handover as people see it: what is owed, until when, in the hours of who owes."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from baton.core.ui.clock import Face, paused, running, stopped
from baton.core.ui.formats import day_words
from baton.core.worktime.rules import BusinessHours, ClockState, closing_after, is_open, words_left
from baton.sales.customers.models import Customer, Terms
from baton.sales.customers.rules import Handover


def face_of(
    customer: Customer, *, agreed: Terms, hours: BusinessHours, now: datetime
) -> Face | None:
    """None where nothing was handed over."""
    if customer.handover == Handover.DONE:
        is_kept = not (customer.accept_late or customer.call_late)
        words = _("Handed over in time") if is_kept else _("Handed over late")
        return stopped(words=words, kept=is_kept)
    due = customer.due_at
    if due is None:
        return None
    is_accept = customer.handover == Handover.WAITING
    allowed = agreed.accept_within if is_accept else agreed.call_within
    clock = words_left(due, now=now, hours=hours, allowed=allowed)
    if clock.state is ClockState.GRAY:
        starts = clock.starts_at
        words = _("Starts %(when)s") % {"when": _moment(starts, now)} if starts else _("Paused")
        return paused(words=words)
    open_for = closing_after(now, hours=hours) - now if is_open(now, hours=hours) else timedelta()
    left = timedelta(seconds=clock.seconds_left)
    if clock.state is ClockState.RED:
        left = min(left, timedelta(seconds=-1))
    return running(left=left, allowed=allowed, runs=open_for)


def _moment(at: datetime, now: datetime) -> str:
    here, today = timezone.localtime(at), timezone.localtime(now).date()
    hour = f"{here:%H:%M}"
    return hour if here.date() == today else f"{day_words(here.date(), today=today)} {hour}"
