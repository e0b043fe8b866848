"""Hand the facts over. The effects of a batch and its cursor commit together or not at all."""

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from baton.core.errors import describe
from baton.core.facts.kinds import Origin
from baton.core.facts.models import MAX_BATCH, WINDOW, Cursor, FactRecord, ParkedFact
from baton.core.facts.numbering import number_facts
from baton.core.facts.publishing import origin
from baton.core.facts.subscribers import Subscriber, subscribers
from baton.core.prepared import Fixed, Prepared
from baton.core.whence import Way, came_by

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 5  # of a single fact: 1 + 2 + 4 + 8 s, then it is parked
HALF = 0.5
LONGEST = 0.05  # seconds a batch should hold its transaction; SQLite has one writer
LEAST = 25  # facts: below that a batch costs what it costs however few it has
# What a worker asks all day long.
_LATEST = Prepared(
    lambda late, end: (
        FactRecord.objects.filter(position__gt=late, position__lte=end)
        .values_list("name")
        .annotate(Max("position"))
    )
)
_BEHIND = Prepared(
    lambda end: Cursor.objects.rested().filter(position__lt=end).order_by("position")
)


def deliver_round(
    *, between: Callable[[], object] = lambda: None, longest: float = LONGEST
) -> bool:
    """Number what is new, then give one batch to each subscriber that has something waiting.

    ``between`` two batches a worker lets others write; ``longest`` is how many seconds a batch
    should take at most.
    """
    end, found = number_facts(), False
    for subscriber in _waiting(end):
        found |= deliver(subscriber, end=end, longest=longest)
        between()
    return found


def deliver(subscriber: Subscriber, *, end: int, longest: float = LONGEST) -> bool:
    facts: list[FactRecord] = []
    try:
        with transaction.atomic():
            cursor = Cursor.locked(subscriber.name)
            if cursor is None or cursor.position >= end:
                return False  # another worker is at it, or has been faster
            started = monotonic()
            until, limit = cursor.reach(end), 1 if subscriber.each_alone else cursor.batch
            facts = subscriber.next_facts.rows(
                after=cursor.position, until=until, limit=Fixed(limit)
            )
            if facts:
                _hand_over(subscriber, facts, is_replay=until <= cursor.replay_until)
            cursor.position = facts[-1].position or 0 if len(facts) == limit else until
            _pace(cursor, facts, limit=limit, took=(monotonic() - started) / longest)
            cursor.move()
    # Around the commit too: a deferred foreign key speaks only then.
    except Exception as error:
        if not facts:
            raise
        _record_failure(subscriber.name, facts, error)
    return True


def _waiting(end: int) -> Iterator[Subscriber]:
    """A cursor that nothing waits for stays where it is until it lags a window behind."""
    late = end - WINDOW
    latest: dict[str, int] = dict(_LATEST.rows(late=late, end=end))
    for cursor in _BEHIND.rows(end=end):
        subscriber = subscribers.get(cursor.name)
        if subscriber and (
            cursor.position < late
            or subscriber.listens_to_all()
            or any(latest.get(name, 0) > cursor.position for name in subscriber.names)
        ):
            yield subscriber


def _hand_over(subscriber: Subscriber, facts: list[FactRecord], *, is_replay: bool) -> None:
    """What a replay brings about must not act on people a second time: it is no news."""
    source = origin(Origin.REPLAY) if is_replay else nullcontext()
    with source, came_by(Way.JOB, name=subscriber.name.rpartition(".")[2]):
        subscriber.handle([fact.as_fact() for fact in facts])


def _pace(cursor: Cursor, facts: list[FactRecord], *, limit: int, took: float) -> None:
    """Smaller batches when one took longer than it should (``took`` over 1), else larger ones."""
    if took > 1:
        cursor.batch = max(min(cursor.batch, LEAST), len(facts) // 2)
    elif len(facts) == limit and took < HALF:
        cursor.batch = min(MAX_BATCH, cursor.batch * 2)


def _record_failure(name: str, facts: list[FactRecord], error: Exception) -> None:
    """Halve the batch until the bad fact stands alone; try that one again later; then park it."""
    before = facts[0].position or 0
    with transaction.atomic():
        cursor = Cursor.locked(name)
        if cursor is None or cursor.position >= before:
            return  # another worker has tried since, and may have done better
        cursor.error = describe(error)
        if len(facts) > 1:
            cursor.batch = len(facts) // 2
        elif cursor.attempts + 1 < MAX_ATTEMPTS:
            cursor.retry_at = Now() + timedelta(seconds=2**cursor.attempts)
            cursor.attempts += 1
        else:
            ParkedFact.objects.get_or_create(
                subscriber=name, fact=facts[0], defaults={"error": cursor.error}
            )
            logger.error("%s parked fact %s", name, facts[0].pk)
            cursor.position, cursor.attempts, cursor.retry_at = before, 0, None
        cursor.save()
