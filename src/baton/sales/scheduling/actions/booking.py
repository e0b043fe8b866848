"""A buyer takes a time: person, meeting, task, fact and the lead's answer, in one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.facts import publish
from baton.qualification.handoff.actions import answer_by_booking
from baton.qualification.handoff.models import Handoff
from baton.records.people import actions as people
from baton.records.people import queries as known_people
from baton.records.people.models import Person
from baton.records.people.rules import Origin
from baton.records.timeline import actions as timeline
from baton.sales.scheduling.actions.refusals import MovedOn, Taken, TooMany
from baton.sales.scheduling.events import MeetingBooked
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.queries import is_free, rep_now
from baton.sales.scheduling.rules import BEFORE, MOST_AHEAD_OF_ONE, MOST_IN_A_DAY

CAUSE = "booking"
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """What the buyer wrote; ``zone`` is the clock on which they chose."""

    zone: str
    name: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""
    network: str = ""


@dataclass(frozen=True, kw_only=True)
class Booked:
    """``is_new`` is False for what was sent before: nothing was written again."""

    booking: Booking
    is_new: bool


@transaction.atomic
def book(
    *,
    page: BookingPage,
    start: datetime,
    visitor: Visitor,
    token: UUID,
    at: datetime,
    lead: Person | None = None,
    by: User | None = None,
) -> Booked:
    """Of two who take the same time one has it, the other reads Taken; the same token books once.

    ``lead``: who came by the link of a raised hand; the meeting is with whoever has them now, else
    MovedOn. Raises Taken, MovedOn, TooMany, and the refusals of people.
    """
    rep = User.objects.select_for_update(no_key=True).get(pk=page.user_id)
    before = Booking.objects.filter(token=token).select_related("rep", "person").first()
    if before:
        return Booked(booking=before, is_new=False)
    page.user = rep
    if not is_free(page, start, at=at):
        raise Taken(_("This time was just taken. Choose another one."))
    person = lead or _person(visitor, rep=rep, by=by, at=at)
    _refuse_many(person, rep=rep, by=by, at=at)
    booking = _write(page, person=person, start=start, visitor=visitor, token=token, at=at)
    handoff = _answer(booking, is_lead=lead is not None, at=at)
    booking.handoff = handoff
    booking.task = timeline.add_task(
        title=_("Meeting: %(title)s") % {"title": booking.title},
        owner=rep,
        by=by,
        at=at,
        due_at=start,
        person=person,
    )
    booking.save(update_fields=["handoff", "task"])
    _tell(booking, by=by, at=at)
    return Booked(booking=booking, is_new=True)


def _person(visitor: Visitor, *, rep: User, by: User | None, at: datetime) -> Person:
    """By mail; of somebody known only what is empty is filled."""
    new: dict[str, Any] = {
        "at": at,
        "origin": Origin.MARKETING,
        "full_name": visitor.name,
        "emails": [visitor.email],
        "phones": [visitor.phone] if visitor.phone else [],
        "zone": visitor.zone,
        "channel": "direct",
    }
    person, is_new = people.find_or_create_person(by=by, cause=CAUSE, **new)
    if not is_new:
        person = _filled(person, visitor, by=by, at=at)
    if person.owner_id is None and not Handoff.objects.open().filter(person=person).exists():
        people.assign_owner(person=person, owner=rep, by=by, at=at, cause=CAUSE)
    return person


def _filled(person: Person, visitor: Visitor, *, by: User | None, at: datetime) -> Person:
    missing: dict[str, Any] = {}
    if visitor.name and not (person.first_name or person.last_name):
        missing["full_name"] = visitor.name
    if visitor.phone and not known_people.phones_of([person.pk])[person.pk]:
        missing["phones"] = [visitor.phone]
    if not missing:
        return person
    return people.edit_person(
        person=person, values=missing, version=None, by=by, at=at, cause=CAUSE
    )


def _refuse_many(person: Person, *, rep: User, by: User | None, at: datetime) -> None:
    """Whoever books may have written another's address: what is mailed there has an end."""
    theirs = Booking.objects.filter(person=person, rep=rep)
    if by is None and theirs.filter(created_at__gt=at - DAY).count() >= MOST_IN_A_DAY:
        raise TooMany(_("Many meetings were booked with this mail address. Try again tomorrow."))
    if theirs.ahead(at).count() >= MOST_AHEAD_OF_ONE:
        words = _("You have %(n)d meetings with %(rep)s ahead: move or cancel one of them.")
        raise TooMany(words % {"n": MOST_AHEAD_OF_ONE, "rep": rep.name})


def _write(
    page: BookingPage,
    *,
    person: Person,
    start: datetime,
    visitor: Visitor,
    token: UUID,
    at: datetime,
) -> Booking:
    return Booking.objects.create(
        page=page,
        rep=page.user,
        person=person,
        token=token,
        title=page.title,
        starts_at=start,
        ends_at=start + timedelta(minutes=page.minutes),
        buffer_before=page.buffer_before,
        buffer_after=page.buffer_after,
        place=page.place,
        place_text=page.place_text,
        zone=visitor.zone,
        name=visitor.name or person.full_name,
        email=visitor.email or _mail_of(person),
        phone=visitor.phone,
        note=visitor.note,
        network=visitor.network,
        remind_at=reminder_of(page, start, at=at),
        created_at=at,
    )


def _mail_of(person: Person) -> str:
    """The primary address; "" when none is known."""
    return next((one.address for one in known_people.emails_of([person.pk])[person.pk]), "")


def reminder_of(page: BookingPage, start: datetime, *, at: datetime) -> datetime | None:
    """The day before, unless that is over already or the seller wants none."""
    due = start - BEFORE
    return due if page.reminds and due > at else None


def _answer(booking: Booking, *, is_lead: bool, at: datetime) -> Handoff | None:
    """The lead that this meeting answers: it is taken and answered by who holds the meeting."""
    if is_lead and rep_now(booking.person)[0] != booking.rep:
        raise MovedOn(_("Somebody else looks after you by now. These are their times."))
    handoff = answer_by_booking(person_id=booking.person_id, rep=booking.rep, at=at)
    if is_lead and handoff and Booking.objects.ahead(at).filter(handoff=handoff).exists():
        words = _("You have a meeting with us already. Its mail says how to move or cancel it.")
        raise TooMany(words)
    return handoff


def _tell(booking: Booking, *, by: User | None, at: datetime) -> None:
    publish(
        MeetingBooked(
            happened_at=at,
            person_id=booking.person_id,
            company_id=booking.person.company_id,
            actor_id=by.pk if by else None,
            booking_id=booking.pk,
            rep_id=booking.rep_id,
            starts_at=booking.starts_at.isoformat(),
            minutes=round((booking.ends_at - booking.starts_at).total_seconds() / 60),
            title=booking.title,
            sequence=booking.sequence,
        )
    )
