"""Free times, and what was booked."""

from baton.sales.scheduling.queries.free import free_days, is_free, open_of
from baton.sales.scheduling.queries.records import (
    PAGES,
    ahead_of,
    booked_by,
    counted_since,
    default_page,
    owed_reminders,
    own_page,
    past_of,
    person_now,
    rep_now,
    told_bookings,
)

__all__ = [
    "PAGES",
    "ahead_of",
    "booked_by",
    "counted_since",
    "default_page",
    "free_days",
    "is_free",
    "open_of",
    "owed_reminders",
    "own_page",
    "past_of",
    "person_now",
    "rep_now",
    "told_bookings",
]
