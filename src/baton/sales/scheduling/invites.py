"""A booking as calendars read it: RFC 5545, and RFC 5546 for what is asked of its reader."""

from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.rules import State
from baton.sales.scheduling.words import where


class Method(StrEnum):
    PUBLISH = "PUBLISH"  # a file to keep: nobody is asked for an answer
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def invite(booking: Booking, method: Method, *, for_rep: bool = False) -> bytes:
    """The same UID for ever, a higher SEQUENCE with each change; times in UTC.

    Only who holds the meeting reads in it who comes: others may have the link of a raised hand.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Baton//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(_event(booking, method, for_rep=for_rep))
    content: bytes = calendar.to_ical()
    return content


def content_type(method: Method) -> str:
    """As a part of a mail says it (RFC 6047)."""
    return f"text/calendar; method={method.value}"


def _event(booking: Booking, method: Method, *, for_rep: bool) -> Event:
    is_cancelled = method is Method.CANCEL or booking.state == State.CANCELLED
    event = Event()
    event.add("uid", f"{booking.key}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.cancelled_at or booking.created_at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", f"{booking.title}: {booking.name if for_rep else booking.rep.name}")
    event.add("location", where(booking))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event["organizer"] = _who(booking.rep.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    event["organizer"].params["CN"] = vText(booking.rep.name)
    if method is not Method.PUBLISH and booking.email:
        event.add("attendee", _attendee(booking), encode=False)
    return event


def _who(mail: str) -> vCalAddress:
    return vCalAddress(f"mailto:{mail}")


def _attendee(booking: Booking) -> vCalAddress:
    """They chose the time themselves: no answer is asked for."""
    attendee = _who(booking.email)
    attendee.params["CN"] = vText(booking.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
