"""How booked meetings look on a timeline, and what rules call their facts."""

from collections.abc import Sequence
from datetime import datetime

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


def _hour(text: str, *, told_at: datetime) -> str:
    """Mon 30 Nov at 10:30; the year where it is another than the one it was told in."""
    moment = parse_datetime(text)
    if moment is None:
        return ""
    here = moment.astimezone(organisation_zone())
    day = "D j M" if here.year == told_at.year else "D j M Y"
    return _("%(day)s at %(hour)s") % {"day": date_format(here, day), "hour": f"{here:%H:%M}"}


def tell_meetings(facts: Sequence[MeetingFact]) -> dict[int, Telling]:
    """With whom, and the way to the meeting."""
    names = names_of(fact.rep_id for fact in facts)
    found = told_bookings([fact.booking_id for fact in facts])
    return {
        fact.id: Telling(
            detail=_("on %(when)s, with %(who)s")
            % {
                "when": _hour(fact.starts_at, told_at=fact.happened_at),
                "who": names.get(fact.rep_id, ""),
            },
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
