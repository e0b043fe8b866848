"""Facts get their place in line when they have become visible, not when they were written.

Ids of concurrent transactions become visible out of order, so no cursor may run over ids. One
numberer at a time gives the visible ones the next positions, by id: gapless, never behind a cursor,
and two facts of one subject keep their order, since the second was written after the first was
visible. A slow transaction delays only its own facts.
"""

from collections.abc import Mapping

from django.db import connection, transaction

from baton.core.facts.models import Cursor, FactRecord, ParkedFact
from baton.core.facts.subscribers import Subscriber, subscribers
from baton.core.prepared import Prepared

CHUNK = 2000
NUMBER = """
    UPDATE core_factrecord SET position = %s + fresh.step
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS step FROM (
              SELECT id FROM core_factrecord WHERE position IS NULL ORDER BY id LIMIT %s
          ) AS waiting) AS fresh
    WHERE core_factrecord.id = fresh.id
"""
_UNNUMBERED = Prepared(lambda: FactRecord.objects.filter(position=None).values_list("pk")[:1])
_LINE = Prepared(lambda name: Cursor.objects.filter(name=name).values_list("position", flat=True))


def number_facts() -> int:
    """Number what became visible; return how far the log reaches."""
    if _UNNUMBERED.first():
        with transaction.atomic():
            # First the lock, then the statement: its snapshot must see the former numberer's work.
            line = Cursor.objects.select_for_update().get(name=Cursor.LINE)
            with connection.cursor() as cursor:
                cursor.execute(NUMBER, [line.position, CHUNK])
                line.position += cursor.rowcount
            line.save(update_fields=["position"])
            return line.position
    return _LINE.rows(name=Cursor.LINE)[0]


def seat_subscribers() -> None:
    """Before this worker numbers anything: what is not yet numbered comes after "now"."""
    seats = dict(Cursor.objects.values_list("name", "position"))
    if not seats.keys() >= {Cursor.LINE, *subscribers}:
        _seat_who_stands(seats)


@transaction.atomic
def _seat_who_stands(seats: Mapping[str, int]) -> None:
    now = seats.get(Cursor.LINE, 0)
    fresh = [] if Cursor.LINE in seats else [Cursor(name=Cursor.LINE)]
    for subscriber in subscribers.values():
        if subscriber.name in seats:
            continue
        if subscriber.was in seats:
            _take_over(subscriber)
        else:
            start = 0 if subscriber.from_start else now
            fresh.append(Cursor(name=subscriber.name, position=start))
    # Two workers may start at once: the first one's rows stay.
    Cursor.objects.bulk_create(fresh, ignore_conflicts=True)


def _take_over(subscriber: Subscriber) -> None:
    """Two workers may start at once: the row of the old name lets one of them do it."""
    if Cursor.objects.filter(name=subscriber.was).update(name=subscriber.name):
        parked = ParkedFact.objects.filter(subscriber=subscriber.was)
        parked.update(subscriber=subscriber.name)
