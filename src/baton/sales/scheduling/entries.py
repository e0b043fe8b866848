"""How booked meetings look on a timeline, and which may start an automation."""

from collections.abc import Sequence

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.core.access.queries import names_of
from baton.core.offers import Telling, TimelineEntry, Trigger
from baton.core.settings.queries import organisation_zone
from baton.sales.scheduling.events import (
    MeetingBooked,
    MeetingCancelled,
    MeetingFact,
    MeetingMoved,
)
from baton.sales.scheduling.queries import told_bookings


def _hour(text: str) -> str:
    moment = parse_datetime(text)
    return date_format(moment.astimezone(organisation_zone()), "D j M Y, H:i") if moment else ""


def tell_meetings(facts: Sequence[MeetingFact]) -> dict[int, Telling]:
    """With whom, and the way to the meeting."""
    names = names_of(fact.rep_id for fact in facts)
    found = told_bookings([fact.booking_id for fact in facts])
    return {
        fact.id: Telling(
            detail=_("%(when)s, with %(who)s")
            % {"when": _hour(fact.starts_at), "who": names.get(fact.rep_id, "")},
            quote=found[fact.booking_id].note
            if isinstance(fact, MeetingBooked) and fact.booking_id in found
            else "",
            url=found[fact.booking_id].get_absolute_url() if fact.booking_id in found else "",
        )
        for fact in facts
    }


ENTRIES = (
    TimelineEntry(
        fact=MeetingBooked,
        icon="meeting",
        hue="teal",
        title=lambda fact: _("Booked “%(title)s”") % {"title": fact.title},
        tell_many=tell_meetings,
        is_milestone=True,
    ),
    TimelineEntry(
        fact=MeetingMoved,
        icon="meeting",
        hue="gray",
        title=lambda fact: _("Moved “%(title)s”") % {"title": fact.title},
        tell_many=tell_meetings,
    ),
    TimelineEntry(
        fact=MeetingCancelled,
        icon="x",
        hue="amber",
        title=lambda fact: _("Cancelled “%(title)s”") % {"title": fact.title},
        tell_many=tell_meetings,
    ),
)
TRIGGERS = (
    Trigger(label=gettext_lazy("Books a meeting"), fact=MeetingBooked),
    Trigger(label=gettext_lazy("Cancels a meeting"), fact=MeetingCancelled),
)
