"""A calendar changed: these clocks, too, are counted anew, those that are late stay so."""

from django.db import transaction

from baton.core.bulk import update_rows
from baton.core.calendars.queries import HoursBook
from baton.qualification.handoff.actions.promised.counting import count_anew
from baton.qualification.handoff.models import Clock


@transaction.atomic
def recount_promises(*, user_id: int) -> int:
    """Of all that this user owes (0: everybody); says how many moved. Twice gives the same."""
    rows = Clock.objects.running().held().filter(late_at=None)
    clocks = list(rows.filter(owner=user_id) if user_id else rows)
    book = HoursBook(clock.owner for clock in clocks)
    moved = []
    for clock in clocks:
        before = clock.due_at, clock.looks_at, clock.told
        if not count_anew(clock, hours=book.of(clock.owner)):
            continue
        if clock.due_at == before[0]:
            clock.looks_at, clock.told = before[1:]
        else:
            moved.append(clock)
    fields = ("due_at", "looks_at", "told")
    update_rows(
        Clock,
        {row.pk: {name: getattr(row, name) for name in fields} for row in moved},
        fields=fields,
    )
    return len(moved)
