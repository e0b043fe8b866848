"""Facts of a bulk, handed on in the transaction that tells them: what follows from them is there
when they are, and nobody has to read them from the log again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from baton.core.facts.kinds import Fact, Origin
from baton.core.facts.models import Cursor, FactRecord
from baton.core.facts.publishing import collected
from baton.core.facts.subscribers import Subscriber, subscribers

NUMBER = """
    UPDATE core_factrecord SET position = %s + fresh.step
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS step
          FROM core_factrecord WHERE position IS NULL AND {which}) AS fresh
    WHERE core_factrecord.id = fresh.id
"""
BEFORE, OURS = NUMBER.format(which="id < %s"), NUMBER.format(which="id <= %s AND batch = %s")


@contextmanager
def heard_at_once() -> Iterator[None]:
    """For subscribers with nothing before it to hear; the others come to it in their turn.

    All that is published inside must be of one batch, and about nobody whom others know already:
    the log stays locked, so that its numbers have no gap. An error undoes the whole.
    """
    with collected() as told:
        yield
        _hand_on(told)


def _hand_on(told: list[Fact]) -> None:
    line = Cursor.objects.select_for_update().get(name=Cursor.LINE)
    if told:
        line.position += _number(BEFORE, line.position, min(fact.id for fact in told))
    ready = list(_ready(line.position))
    while told:
        facts = list(told)
        told.clear()
        line.position += _number_ours(facts, after=line.position)
        same = {(type(fact), fact.origin) for fact in facts}
        for _cursor, subscriber in ready:
            wanted = {kind for kind in same if _is_for(subscriber, *kind)}
            if wanted:
                subscriber.handle([fact for fact in facts if (type(fact), fact.origin) in wanted])
    names = [cursor.name for cursor, _subscriber in ready]
    Cursor.objects.filter(name__in=[*names, Cursor.LINE]).update(position=line.position)


def _ready(end: int) -> Iterator[tuple[Cursor, Subscriber]]:
    """Who has heard all so far, or wants nothing of the rest."""
    locked = Cursor.objects.select_for_update().filter(name__in=subscribers, retry_at=None)
    for cursor in locked.order_by("name"):
        subscriber, rest = subscribers[cursor.name], FactRecord.objects.standing()
        rest = rest.filter(subscriber.wants(), position__gt=cursor.position, position__lte=end)
        if cursor.position == end or not rest.exists():
            yield cursor, subscriber


def _is_for(subscriber: Subscriber, kind: type[Fact], came_by: Origin) -> bool:
    return came_by in subscriber.origins and issubclass(kind, subscriber.wanted)


def _number_ours(facts: Sequence[Fact], *, after: int) -> int:
    """What others write meanwhile is about nobody of ours, and comes after."""
    [batch] = {fact.batch for fact in facts}
    key = FactRecord._meta.get_field("batch").get_db_prep_value(batch, connection)
    return _number(OURS, after, max(fact.id for fact in facts), key)


def _number(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
