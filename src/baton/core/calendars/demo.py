"""Olga keeps the calendar: Christmas Eve is free, and Sam goes skiing.

In a year everybody who sells is away for some weeks: clocks stand still, nobody asks them.
"""

from datetime import date, timedelta

from baton.core.access.models import User
from baton.core.calendars.actions import add_free_day, save_leave
from baton.core.calendars.models import Leave
from baton.core.calendars.queries import HoursBook
from baton.core.demo.slots import Chapter, Story, Year, YearChapter, chapters, year_chapters

DAY = timedelta(days=1)
# First and last day, in days before the story is told, and why.
LEAVES = {"sam": (232, 212, "Walks the coast"), "teo": (123, 114, ""), "ravi": (302, 293, "")}
ASKED_BEFORE = 40  # days


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


def begin(year: Year) -> None:
    """``cast["leave"]``: when each rep was, or will be, away, by their id."""
    users: dict[str, User] = year.cast["users"]
    reps: list[User] = year.cast["reps"]
    told = {users[name].pk: (users[name], *span) for name, span in LEAVES.items()}
    dice = year.dice("leave")
    for rep in reps:
        if rep.pk not in told:
            start = dice.randint(20, 340)
            told[rep.pk] = (rep, start, start - dice.choice((4, 11, 11, 18)), "")
    year.story.keep(*(_away(year, *one) for one in told.values()))
    book = HoursBook(reps)
    year.cast["leave"] = {rep.pk: book.of(rep).leave for rep in reps}


def _away(year: Year, rep: User, first: int, last: int, note: str) -> Leave:
    today = year.at.date()
    leave, _batch = save_leave(
        user=rep,
        values={
            "kind": "vacation",
            "from_on": today - DAY * first,
            "to_on": today - DAY * last,
            "note": note,
        },
        by=rep,
        at=year.at - DAY * (first + ASKED_BEFORE),
    )
    return leave


chapters.add(Chapter(name="calendars", order=15, tell=tell))
year_chapters.add(YearChapter("leave", 15, lambda bite: None, begin=begin))
