"""What travels through the buyer's browser or mail and comes back unchanged: signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from baton.core.keys import new_key
from baton.core.signed import sign_key, sign_key_for_now, signed_key
from baton.records.people.models import Person
from baton.sales.scheduling.models import Booking

_BOOKED, _LEAD, _FORM = "scheduling.booked", "scheduling.lead", "scheduling.form"
LEAD_FOR = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class FormToken:
    """One showing of the form: what is sent with it books once."""

    id: UUID
    opened_at: datetime


def seal_form(*, at: datetime, id_: UUID | None = None) -> str:
    """For a form that is shown now."""
    raw = {"id": (id_ or new_key()).hex, "at": at.isoformat()}
    return signing.dumps(raw, salt=_FORM)


def open_form(text: str) -> FormToken | None:
    """None for one that we did not sign; how old it may be is judged by the rules."""
    try:
        raw = signing.loads(text, salt=_FORM)
    except signing.BadSignature:
        return None
    return FormToken(id=UUID(raw["id"]), opened_at=datetime.fromisoformat(raw["at"]))


def seal_lead(person: Person) -> str:
    """For the page that thanks somebody who raised a hand."""
    return sign_key_for_now(person.key, salt=_LEAD)


def open_lead(text: str) -> UUID | None:
    """The person's key; None for one that is not ours, or too old."""
    return signed_key(text, salt=_LEAD, good_for=LEAD_FOR)


def seal_booking(booking: Booking) -> str:
    """Who has it may move and cancel this one; good as long as the booking is here."""
    return sign_key(booking.key, salt=_BOOKED)


def open_booking(text: str) -> UUID | None:
    """The booking's key; None for one that is not ours."""
    return signed_key(text, salt=_BOOKED)


def booked_path(booking: Booking) -> str:
    """Where the buyer reads, moves and cancels it."""
    return reverse("scheduling:booked", args=[seal_booking(booking)])
