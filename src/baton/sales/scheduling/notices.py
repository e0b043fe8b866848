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


_TOLD = (
    (
        MeetingBooked,
        _("Somebody books a meeting with me"),
        _("%(what)s booked a meeting"),
        _("%(n)s meetings were booked with you"),
        "meeting",
    ),
    (
        MeetingMoved,
        _("A meeting of mine is moved"),
        _("%(what)s moved the meeting"),
        _("%(n)s of your meetings were moved"),
        "meeting",
    ),
    (
        MeetingCancelled,
        _("A meeting of mine is cancelled"),
        _("%(what)s: the meeting is cancelled"),
        _("%(n)s of your meetings were cancelled"),
        "x",
    ),
)
KINDS = tuple(
    NoticeKind(
        name=fact.name,
        label=label,
        title=title,
        many=many,
        icon=icon,
        many_url=lambda: reverse("scheduling:bookings"),
        fact=fact,
        tell=tell_meetings,
        seen=_seen,
        permission=EDIT_BOOKINGS.name,
    )
    for fact, label, title, many, icon in _TOLD
)
