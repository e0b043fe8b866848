"""Days off for tests of this module and of those above it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from baton.core.access.models import User
from baton.core.calendars.actions import add_free_day, save_leave
from baton.core.calendars.models import FreeDay, Leave

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
MONDAY = date(2026, 3, 2)


def a_leave(user: User, *, days: int = 0, length: int = 1, **over: Any) -> Leave:
    """Off so many days after Monday, for so many days."""
    first = MONDAY + timedelta(days=days)
    usual: dict[str, Any] = {
        "kind": "vacation",
        "from_on": first,
        "to_on": first + timedelta(days=length - 1),
    }
    leave, _batch = save_leave(user=user, values=usual | over, by=user, at=AT)
    return leave


def a_free_day(*, days: int = 0, **over: Any) -> FreeDay:
    """So many days after Monday nobody works."""
    usual: dict[str, Any] = {"on": MONDAY + timedelta(days=days), "name": "Summer party"}
    day, _batch = add_free_day(**{"is_yearly": False, "by": None, "at": AT, **usual, **over})
    return day
