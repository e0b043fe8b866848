"""Each minute: what is soon due, what is late, and who else is told."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from baton.core.calendars.queries import HoursBook
from baton.qualification.handoff.actions.promised.counting import look_on, write_clocks
from baton.qualification.handoff.models import Clock

BITE = 500  # in one minute; the next one goes on


@dataclass(frozen=True)
class Ring:
    """A clock, and what is told of it now: rules.Step, or a role of the ladder."""

    clock: Clock
    step: str


@transaction.atomic
def tend_clocks(*, at: datetime) -> list[Ring]:
    """What is to be told; lateness is written down once, whoever else looks, and whatever the clock
    of the machine was set to meanwhile. One look into an index where nothing is."""
    rows = Clock.objects.ringing(at).select_for_update(of=("self",), no_key=True)
    clocks = list(rows.select_related("agreement", "owner", "person")[:BITE])
    if not clocks:
        return []
    book = HoursBook(clock.owner for clock in clocks)
    told = [
        Ring(clock, step)
        for clock in clocks
        for step in look_on(clock, hours=book.of(clock.owner), at=at)
    ]
    write_clocks(clocks, at=at)
    return told
