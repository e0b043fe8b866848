"""Booking pages and bookings for tests of this module and of those above it."""

from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from baton.core.access.models import User
from baton.sales.scheduling.actions import Visitor, book, save_page
from baton.sales.scheduling.models import Booking, BookingPage
from baton.sales.scheduling.queries import default_page

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday, 10:00 in Berlin
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
_numbers = count(1)


def a_page(user: User, **over: Any) -> BookingPage:
    """Half an hour by phone, four hours of notice, thirty days ahead."""
    usual = {**default_page(user), "reminds": True}
    page, _batch = save_page(user=user, values={**usual, **over}, by=user, at=AT)
    return page


def a_booking(page: BookingPage, **over: Any) -> Booking:
    """On Tuesday at ten in Berlin; ``over`` as Visitor takes it, and start, token, at, lead, by."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "name": f"Buyer {number}",
        "email": f"buyer{number}@gmail.com",
        "zone": "Europe/Oslo",
    }
    given: dict[str, Any] = {
        name: over.pop(name) for name in ("start", "token", "at", "lead", "by") if name in over
    }
    call: dict[str, Any] = {"start": TUESDAY, "token": uuid4(), "at": AT, **given}
    return book(page=page, visitor=Visitor(**{**usual, **over}), **call).booking
