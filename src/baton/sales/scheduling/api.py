"""Booking pages and meetings over the REST API: /api/v1/scheduling/."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import ConfigDict, Field

from baton.core.access.doors import user_of
from baton.core.access.permissions import Permission
from baton.core.api.days import Day, Moment
from baton.core.api.doors import needs
from baton.core.api.idempotency import idempotent
from baton.core.api.paging import Page, page_of
from baton.core.api.problems import Problem
from baton.core.errors import RuleViolation
from baton.core.keys import new_key
from baton.core.worktime.rules import find_zone
from baton.sales.scheduling import actions
from baton.sales.scheduling.actions import Visitor
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.permissions import EDIT_BOOKINGS, VIEW_BOOKINGS
from baton.sales.scheduling.queries import free_days, open_of

router = Router(tags=["scheduling"])
DAYS = 14  # with free times, in one answer


class BookingPageOut(Schema):
    """``link`` is the address under which buyers book; minutes, hours and days as they are."""

    key: UUID
    version: int
    user: UUID
    slug: str
    link: str
    title: str
    minutes: int
    place: str
    place_text: str
    notice_hours: int
    days_ahead: int
    buffer_before: int
    buffer_after: int
    most_per_day: int
    reminds: bool
    is_on: bool

    @staticmethod
    def resolve_user(page: BookingPage) -> UUID:
        return page.user.key

    @staticmethod
    def resolve_link(page: BookingPage) -> str:
        return page.public_path()


class TimesOut(Schema):
    """Moments at which a meeting can begin; ``next`` is the day to ask for more, or empty."""

    starts: list[datetime]
    next: str


class BookingOut(Schema):
    """``cancelled_by`` empty: the buyer did."""

    key: UUID
    page: UUID
    rep: UUID
    person: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    place_text: str
    name: str
    email: str
    phone: str
    note: str
    state: str
    cancelled_at: datetime | None
    created_at: datetime

    @staticmethod
    def resolve_page(booking: Booking) -> UUID:
        return booking.page.key

    @staticmethod
    def resolve_rep(booking: Booking) -> UUID:
        return booking.rep.key

    @staticmethod
    def resolve_person(booking: Booking) -> UUID:
        return booking.person.key


class BookingIn(Schema):
    """For a buyer, with ``user``, at one of the free times of their page; ``zone`` is the buyer's
    clock."""

    model_config = ConfigDict(extra="forbid")

    user: UUID
    starts_at: Moment
    name: Annotated[str, Field(min_length=1, max_length=200)]
    email: Annotated[str, Field(min_length=3, max_length=254)]
    phone: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    zone: Annotated[str, Field(max_length=64)] = ""


class BookingMoveIn(Schema):
    model_config = ConfigDict(extra="forbid")

    starts_at: Moment


@router.get("/pages/", response=Page[BookingPageOut], operation_id="list_booking_pages")
@needs(VIEW_BOOKINGS)
def list_booking_pages(request: HttpRequest, cursor: str = "", limit: int = 50) -> Any:
    """The living ones of whom the key's user sees."""
    return page_of(_pages(request, VIEW_BOOKINGS), cursor=cursor, limit=limit)


@router.get("/pages/{uuid:key}/times/", response=TimesOut, operation_id="list_free_times")
@needs(VIEW_BOOKINGS)
def list_free_times(request: HttpRequest, key: UUID, since: Day | None = None) -> Any:
    """Of the next 14 days that have any, from ``since`` on, a day on the seller's clock."""
    page = get_object_or_404(_pages(request, VIEW_BOOKINGS), key=key)
    zone = find_zone(open_of(page).zone)
    days, later = free_days(page, zone=zone, at=timezone.now(), since=since, most=DAYS)
    starts = [start for day in days for start in day.starts]
    return {"starts": starts, "next": later.isoformat() if later else ""}


@router.get("/bookings/", response=Page[BookingOut], operation_id="list_bookings")
@needs(VIEW_BOOKINGS)
def list_bookings(
    request: HttpRequest,
    state: Literal["booked", "cancelled", "came", "no_show", ""] = "",
    cursor: str = "",
    limit: int = 50,
) -> Any:
    """Those of sellers whom the key's user sees."""
    seen = _bookings(request, VIEW_BOOKINGS)
    return page_of(seen.filter(state=state) if state else seen, cursor=cursor, limit=limit)


@router.get("/bookings/{uuid:key}/", response=BookingOut, operation_id="get_booking")
@needs(VIEW_BOOKINGS)
def get_booking(request: HttpRequest, key: UUID) -> Any:
    return get_object_or_404(_bookings(request, VIEW_BOOKINGS), key=key)


@router.post("/bookings/", response={201: BookingOut}, operation_id="create_booking")
@needs(EDIT_BOOKINGS)
@idempotent(BookingOut)
def create_booking(request: HttpRequest, sent: BookingIn) -> Any:
    """The buyer gets the mail. 409 where the time is not free (any more)."""
    page = get_object_or_404(_pages(request, EDIT_BOOKINGS), user__key=sent.user)
    said = sent.dict(exclude={"user", "starts_at", "zone"})
    done = actions.book(
        page=page,
        start=sent.starts_at,
        visitor=Visitor(zone=_zone(sent.zone) or open_of(page).zone, **said),
        token=new_key(),
        by=user_of(request),
        at=timezone.now(),
    )
    return Status(201, done.booking)


@router.post("/bookings/{uuid:key}/move/", response=BookingOut, operation_id="move_booking")
@needs(EDIT_BOOKINGS)
def move_booking(request: HttpRequest, key: UUID, sent: BookingMoveIn) -> Any:
    """To another free time; the buyer is told. 409 where it is not free, or the meeting is over."""
    booking = get_object_or_404(_bookings(request, EDIT_BOOKINGS), key=key)
    return actions.move_booking(
        booking=booking, start=sent.starts_at, by=user_of(request), at=timezone.now()
    )


@router.post("/bookings/{uuid:key}/cancel/", response=BookingOut, operation_id="cancel_booking")
@needs(EDIT_BOOKINGS)
def cancel_booking(request: HttpRequest, key: UUID) -> Any:
    """The buyer is told. 409 for a meeting that is over; a second call changes nothing."""
    booking = get_object_or_404(_bookings(request, EDIT_BOOKINGS), key=key)
    return actions.cancel_booking(booking=booking, by=user_of(request), at=timezone.now())


def _zone(name: str) -> str:
    try:
        return find_zone(name).key if name else ""
    except RuleViolation as no:
        raise Problem(422, str(no)) from no


def _pages(request: HttpRequest, permission: Permission) -> Any:
    return BookingPage.objects.visible_to(user_of(request), permission).select_related("user")


def _bookings(request: HttpRequest, permission: Permission) -> Any:
    seen = Booking.objects.visible_to(user_of(request), permission)
    return seen.select_related("page__user", "rep", "person")
