"""When somebody is spoken with next, as their page tells it."""

from datetime import date
from typing import Any

from django.utils import timezone

from baton.qualification.handoff.models import Agreement
from baton.sales.customers.models import Customer
from baton.sales.customers.queries import rhythm_of
from baton.sales.customers.rules import Level
from baton.sales.customers.words import rhythm_words


def checkin_of(found: Customer, *, agreed: Agreement, on: date) -> dict[str, Any]:
    """How far the next check-in is, and why it is that day."""
    due, wish = found.checkin_on, found.checkin_agreed_on
    spoken = timezone.localtime(found.contacted_at).date() if found.contacted_at else None
    rhythm, level = rhythm_of(found, agreed=agreed), Level(found.health)
    return {
        "checkin_every": rhythm.days(level),
        "checkin_why": rhythm_words(rhythm, level),
        "is_checkin_agreed": bool(wish and spoken and wish > spoken),
        "is_checkin_late": due is not None and due < on,
        "is_checkin_today": due == on,
    }
