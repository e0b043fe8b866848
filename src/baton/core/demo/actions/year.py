"""A whole year: before the cast enters come thousands, bite by bite, each in one transaction."""

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from baton.core.demo.actions.telling import begin_story, note_roots, tell_chapters
from baton.core.demo.rules import Calendar
from baton.core.demo.slots import Bite, Story, Year, chapters, year_chapters
from baton.core.facts import Origin, origin
from baton.core.keys import new_key
from baton.core.settings.queries import organisation_zone
from baton.core.sqlite.base import take_room
from baton.core.worktime.rules import public_holidays

BITE = 2000  # people: what is held in memory, and lost when it is stopped
ROOM = 400  # megabytes of the file that SQLite keeps in memory while it is written
FIRST_PEOPLE = 29  # chapters from here on are the cast's, who stand in front of the others
PLACE = "DE"  # whose public holidays the year has

Heard = Callable[[int], None]  # how many people there are by now
Hearing = Callable[[], AbstractContextManager[None]]  # who hears a bite while it is told
Bending = Callable[[Year], None]  # what goes otherwise in this year: streams, who is slow


def tell_year(
    *,
    at: datetime,
    people: int,
    seed: int = 7,
    told: Heard = lambda count: None,
    hearing: Hearing = nullcontext,
    bending: Bending = lambda year: None,
) -> Story:
    """The same company with so many people more. Raises AlreadyTold.

    ``hearing`` is ``heard_along`` where scores, personas and touches should be there at the end.
    ``bending`` changes the cast before anybody comes. Stopped half-way, whole bites are there, and
    go with all else when the demo is removed.
    """
    batch = new_key()
    with transaction.atomic():
        story = begin_story(at=at, seed=seed, people=people)
        tell_chapters(story, (one for one in chapters if one.order < FIRST_PEOPLE), batch=batch)
        year = _begin(story, seed=seed, batch=batch)
        bending(year)
    take_room(connection, megabytes=ROOM)
    for bite in _bites(year):
        with _whole_memory():
            _tell(bite, batch=batch, hearing=hearing)
        told(bite.number * BITE + len(bite.arrivals))
    with transaction.atomic():
        tell_chapters(story, (one for one in chapters if one.order >= FIRST_PEOPLE), batch=batch)
    return story


@contextmanager
def _whole_memory() -> Iterator[None]:
    """Python looks for rings of garbage again and again; rows and facts make none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _begin(story: Story, *, seed: int, batch: UUID) -> Year:
    calendar = Calendar(at=story.at, zone=organisation_zone(), days_off=public_holidays(PLACE))
    year = Year(story=story, seed=seed, calendar=calendar)
    with origin(Origin.DEMO, batch=batch):
        for chapter in sorted(year_chapters, key=lambda chapter: chapter.order):
            chapter.begin(year)
    note_roots(story)
    return year


def _bites(year: Year) -> Iterator[Bite]:
    arrivals = year.calendar.arrivals(year.story.people, seed=year.seed)
    number = 0
    while moments := list(islice(arrivals, BITE)):
        yield Bite(year=year, number=number, arrivals=moments)
        number += 1


@transaction.atomic
def _tell(bite: Bite, *, batch: UUID, hearing: Hearing) -> None:
    with hearing(), origin(Origin.DEMO, batch=batch):
        for chapter in sorted(year_chapters, key=lambda chapter: chapter.order):
            chapter.tell(bite)
    note_roots(bite.year.story)
