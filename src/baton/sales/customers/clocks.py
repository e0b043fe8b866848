"""The clock of a handover as people see it: what is owed, until when, in the hours of who owes."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from baton.core.ui.clock import Face, stopped, ticking
from baton.core.worktime.rules import BusinessHours, words_left
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import terms_of
from baton.sales.customers.rules import Handover


def face_of(customer: Customer, *, hours: BusinessHours, now: datetime) -> Face | None:
    """None where nothing was handed over."""
    if customer.handover == Handover.DONE:
        is_kept = not (customer.accept_late or customer.call_late)
        words = _("Handed over in time") if is_kept else _("Handed over late")
        return stopped(words=words, kept=is_kept)
    due = customer.due_at
    if due is None:
        return None
    is_accept = customer.handover == Handover.WAITING
    agreed = terms_of(customer)
    minutes = agreed.accept_minutes if is_accept else agreed.respond_minutes
    allowed = timedelta(minutes=minutes)
    clock = words_left(due, now=now, hours=hours, allowed=allowed)
    return ticking(clock, allowed=allowed, hours=hours, now=now)
