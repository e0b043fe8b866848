"""What booked meetings tell in the inbox of who holds them; not of what they did themselves."""

from collections.abc import Collection, Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baton.core.access.models import User
from baton.core.notices.slots import News, NoticeKind
from baton.sales.scheduling.events import (
    MeetingBooked,
    MeetingCancelled,
    MeetingFact,
    MeetingMoved,
)
from baton.sales.scheduling.models import Booking
from baton.sales.scheduling.permissions import EDIT_BOOKINGS
from baton.sales.scheduling.queries import told_bookings


def _seen(user: User, ids: Collection[int]) -> Collection[int]:
    rows = Booking.objects.visible_to(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def tell_meetings(facts: Sequence[MeetingFact]) -> Iterable[News]:
    found = told_bookings([fact.booking_id for fact in facts])
    for fact in facts:
        booking = found.get(fact.booking_id)
        if booking and fact.actor_id != booking.rep_id:
            yield News(
                user_id=booking.rep_id,
                cause=f"fact {fact.id}",
                what=booking.person.full_name,
                url=booking.get_absolute_url(),
                at=fact.happened_at,
                about_id=booking.pk,
            )


def _meetings() -> str:
    return reverse("scheduling:bookings")


KINDS = (
    NoticeKind(
        name="meeting.booked",
        label=_("Somebody books a meeting with me"),
        title=_("%(what)s booked a meeting"),
        many=_("%(n)s meetings were booked with you"),
        icon="meeting",
        many_url=_meetings,
        fact=MeetingBooked,
        tell=tell_meetings,
        seen=_seen,
        permission=EDIT_BOOKINGS.name,
    ),
    NoticeKind(
        name="meeting.moved",
        label=_("A meeting of mine is moved"),
        title=_("%(what)s moved the meeting"),
        many=_("%(n)s of your meetings were moved"),
        icon="meeting",
        many_url=_meetings,
        fact=MeetingMoved,
        tell=tell_meetings,
        seen=_seen,
        permission=EDIT_BOOKINGS.name,
    ),
    NoticeKind(
        name="meeting.cancelled",
        label=_("A meeting of mine is cancelled"),
        title=_("%(what)s: the meeting is cancelled"),
        many=_("%(n)s of your meetings were cancelled"),
        icon="x",
        many_url=_meetings,
        fact=MeetingCancelled,
        tell=tell_meetings,
        seen=_seen,
        permission=EDIT_BOOKINGS.name,
    ),
)
