"""Booking pages and bookings as screens and jobs read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.qualification.handoff.models import Handoff
from baton.records.people.models import Person
from baton.records.people.queries import who_now
from baton.sales.scheduling.models import Booking, BookingPage, BookingQuerySet

MOST = 100  # of a list; the API reads on

PAGES: Prepared[BookingPage] = Prepared(
    lambda slug: BookingPage.objects.open().filter(slug=slug).select_related("user")
)


def own_page(user: User) -> BookingPage | None:
    """Their one page, switched on or off."""
    return BookingPage.objects.living().filter(user=user).select_related("user").first()


def default_page(user: User) -> dict[str, Any]:
    """What a new page says until its seller says otherwise."""
    wanted = slugify(user.name)[:50] or "meet"
    taken = set(
        BookingPage.objects.living().filter(slug__startswith=wanted).values_list("slug", flat=True)
    )
    free = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return {
        "slug": wanted if wanted not in taken else next(one for one in free if one not in taken),
        "title": _("Meet %(name)s") % {"name": user.name},
    }


def ahead_of(seen: BookingQuerySet, *, at: datetime) -> list[Booking]:
    """Those to come and under way, the earliest first."""
    rows = seen.ahead(at).select_related("person", "rep").order_by("starts_at", "pk")
    return list(rows[:MOST])


def past_of(seen: BookingQuerySet, *, at: datetime) -> tuple[list[Booking], list[Booking]]:
    """Those that are over and not marked yet, and those of which it is known how they ended."""
    rows = seen.select_related("person", "rep").order_by("-starts_at", "-pk")
    unmarked = rows.standing().filter(ends_at__lte=at)
    return list(unmarked[:MOST]), list(rows.exclude(state="booked")[:MOST])


def counted_since(network: str, since: datetime) -> int:
    """How many were booked from there."""
    return Booking.objects.filter(network=network, created_at__gte=since).count()


def booked_by(token: UUID) -> Booking | None:
    """What this showing of the form has booked, if anything."""
    return Booking.objects.filter(token=token).first()


def owed_reminders(at: datetime) -> QuerySet[Booking]:
    rows = Booking.objects.ahead(at).filter(remind_at__lte=at)
    return rows.select_related("person", "rep").order_by("remind_at", "pk")


def told_bookings(ids: Sequence[int]) -> dict[int, Booking]:
    """By id, with whom they are with."""
    return _TOLD.by_id(ids=ids)


_TOLD = Prepared(lambda ids: Booking.objects.select_related("person", "rep").filter(pk__in=ids))


def rep_now(person: Person) -> tuple[User | None, Handoff | None]:
    """Who has this lead now: who was asked or took it, else who looks after the person."""
    handoff = Handoff.objects.open().filter(person=person).select_related("rep").first()
    if handoff:
        return handoff.rep, handoff
    return person.owner, None


def person_now(key: UUID) -> Person | None:
    """Who that is by now, living: they may have become one with another."""
    born = Person.objects.filter(key=key).values_list("pk", flat=True).first()
    if born is None:
        return None
    pk = who_now([born]).get(born, born)
    return Person.objects.living().select_related("owner").filter(pk=pk).first()
