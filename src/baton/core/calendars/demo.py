"""Olga keeps the calendar: Christmas Eve is free, and Sam goes skiing."""

from datetime import date, timedelta

from baton.core.access.models import User
from baton.core.calendars.actions import add_free_day, save_leave
from baton.core.demo.slots import Chapter, Story, chapters

DAY = timedelta(days=1)


def tell(story: Story) -> None:
    """Once the users are there."""
    users: dict[str, User] = story.cast["users"]
    monday = story.at.date() + DAY * (7 - story.at.date().weekday())
    day, _batch = add_free_day(
        on=date(story.at.year, 12, 24), name="Christmas Eve", is_yearly=True, by=None, at=story.at
    )
    leave, _batch = save_leave(
        user=users["sam"],
        values={
            "kind": "vacation",
            "from_on": monday + DAY * 2,
            "to_on": monday + DAY * 4,
            "note": "Skiing",
        },
        by=users["sam"],
        at=story.at,
    )
    story.keep(day, leave)


chapters.add(Chapter(name="calendars", order=15, tell=tell))
