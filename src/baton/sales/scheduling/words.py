"""How states and places of meetings are called, and their times in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.rules import Place, State

STATES: dict[str, Promise] = {
    State.BOOKED: gettext_lazy("Booked"),
    State.CANCELLED: gettext_lazy("Cancelled"),
    State.CAME: gettext_lazy("Came"),
    State.NO_SHOW: gettext_lazy("Did not come"),
}
STATE_HUES: dict[str, str] = {
    State.BOOKED: "blue",
    State.CANCELLED: "gray",
    State.CAME: "green",
    State.NO_SHOW: "amber",
}
PLACES: dict[str, Promise] = {
    Place.PHONE: gettext_lazy("By phone"),
    Place.VIDEO: gettext_lazy("By video"),
    Place.ADDRESS: gettext_lazy("At an address"),
}


def when(moment: datetime, *, zone: str | ZoneInfo) -> str:
    """Day, hour and whose clock it is: "Tuesday 1 December 2026, 10:00 (Europe/Oslo)"."""
    where = ZoneInfo(zone) if isinstance(zone, str) else zone
    local = moment.astimezone(where)
    return _("%(day)s, %(hour)s (%(zone)s)") % {
        "day": date_format(local, "l j F Y"),
        "hour": date_format(local, "H:i"),
        "zone": where.key.replace("_", " "),
    }


def where(booking: Booking) -> str:
    """Where they meet, as the buyer reads it."""
    if booking.place != Place.PHONE:
        return booking.place_text
    if booking.phone:
        return _("%(rep)s calls %(phone)s") % {"rep": booking.rep.name, "phone": booking.phone}
    return booking.place_text or _("By phone")
