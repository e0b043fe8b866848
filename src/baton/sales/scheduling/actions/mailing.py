"""What is mailed of a booking: to the buyer, to who holds it, the day before."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.addresses import absolute
from baton.core.limits import read_by
from baton.core.mail.actions import Attached, write_mail
from baton.core.worktime.rules import find_zone
from baton.sales.scheduling.invites import Method, content_type, invite
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.rules import State
from baton.sales.scheduling.tokens import booked_path
from baton.sales.scheduling.words import when, where

KIND = "booking"


@dataclass(frozen=True, kw_only=True)
class _Said:
    subject: str
    first: str  # the sentence that says what happened


@transaction.atomic
def write_mails(*, booking: Booking, sequence: int, at: datetime) -> bool:
    """Of its newest change, once; what was changed again since is told by that change."""
    if booking.sequence != sequence or booking.starts_at <= at:
        return False
    method = Method.CANCEL if booking.state == State.CANCELLED else Method.REQUEST
    is_new = False
    if booking.email:
        said = _to_buyer(booking)
        is_new = _write(booking, said, method=method, at=at, to_rep=False)
    if booking.rep.email:
        seen = _as_rep_sees(booking)
        is_new |= _write(seen, _to_rep(seen), method=method, at=at, to_rep=True)
    return is_new


def _as_rep_sees(booking: Booking) -> Booking:
    """A mail tells nobody what their role is kept from."""
    with read_by(booking.rep.limits):
        return copy(booking).as_seen()


@transaction.atomic
def remind(*, booking: Booking, at: datetime) -> bool:
    """The day before, once for each time; whether a mail was written."""
    still = Booking.objects.standing().filter(pk=booking.pk, remind_at__lte=at)
    if not still.update(remind_at=None) or not booking.email or booking.starts_at <= at:
        return False
    said = _Said(
        subject=_("Tomorrow: %(title)s") % {"title": booking.title},
        first=_("We look forward to our meeting."),
    )
    return _write(booking, said, method=None, at=at, to_rep=False)


def _to_buyer(booking: Booking) -> _Said:
    names = {"title": booking.title, "rep": booking.rep.name}
    if booking.state == State.CANCELLED:
        return _Said(
            subject=_("Cancelled: %(title)s") % names,
            first=_("Your meeting with %(rep)s will not take place.") % names,
        )
    if booking.sequence:
        return _Said(
            subject=_("Moved: %(title)s") % names,
            first=_("Your meeting with %(rep)s has another time.") % names,
        )
    return _Said(
        subject=_("Booked: %(title)s") % names,
        first=_("Your meeting with %(rep)s is booked.") % names,
    )


def _to_rep(booking: Booking) -> _Said:
    names = {"who": booking.name, "title": booking.title}
    if booking.state == State.CANCELLED:
        return _Said(
            subject=_("Cancelled: %(who)s, %(title)s") % names,
            first=_("The meeting with %(who)s will not take place.") % names,
        )
    if booking.sequence:
        return _Said(
            subject=_("Moved: %(who)s, %(title)s") % names,
            first=_("The meeting with %(who)s has another time.") % names,
        )
    return _Said(
        subject=_("Booked: %(who)s, %(title)s") % names,
        first=_("%(who)s booked a meeting with you.") % names,
    )


def _write(
    booking: Booking, said: _Said, *, method: Method | None, at: datetime, to_rep: bool
) -> bool:
    reader = "rep" if to_rep else "buyer"
    about = method.value if method else "reminder"
    files = []
    if method:
        content = invite(booking, method, for_rep=to_rep)
        files = [Attached(name="meeting.ics", type=content_type(method), content=content)]
    return write_mail(
        kind=KIND,
        to=booking.rep.email or "" if to_rep else booking.email,
        to_name=booking.rep.name if to_rep else booking.name,
        subject=said.subject,
        text=_text(booking, said, to_rep=to_rep),
        files=files,
        user=booking.rep if to_rep else None,
        once=f"{booking.key} {booking.sequence} {about} {reader}",
        at=at,
        until=booking.starts_at,
    )


def _text(booking: Booking, said: _Said, *, to_rep: bool) -> str:
    zone = find_zone(booking.rep.local_zone if to_rep else booking.zone)
    path = booking.get_absolute_url() if to_rep else booked_path(booking)
    lines = [said.first, "", booking.title, when(booking.starts_at, zone=zone), where(booking)]
    if to_rep:
        theirs = (booking.name, booking.email, booking.phone, booking.note)
        lines += ["", *filter(None, theirs)]
    elif booking.state == State.BOOKED:
        lines += ["", _("Move or cancel it:")]
    else:
        lines += ["", _("Choose another time:")]
        path = booking.page.public_path() if booking.page.is_open else path
    return "\n".join([*lines, absolute(path)]).replace("\n\n\n", "\n\n") + "\n"
