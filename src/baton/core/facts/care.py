"""What an admin does with subscribers: see the lag, replay, try a parked fact again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from baton.core.errors import RuleViolation, describe
from baton.core.facts.kinds import Origin
from baton.core.facts.models import MAX_BATCH, Cursor, FactRecord, ParkedFact
from baton.core.facts.publishing import caused_by
from baton.core.facts.subscribers import subscribers

MOST_SHOWN = 20  # parked facts of one subscriber whose errors are looked at


class NoSuchSubscriber(RuleViolation):
    """Nobody goes by this name, or no worker has met them yet."""


@dataclass(frozen=True, kw_only=True)
class Lag:
    """How far behind one subscriber is. ``listens_to`` is empty for who listens to all."""

    subscriber: str
    listens_to: list[str]
    origins: frozenset[Origin]
    facts: int
    oldest_at: datetime | None
    parked: int
    parked_errors: list[str]
    error: str


def lags() -> Iterator[Lag]:
    """For each subscriber that has taken its seat, in order of names."""
    for cursor in Cursor.objects.filter(name__in=subscribers).order_by("name"):
        subscriber = subscribers[cursor.name]
        waiting = FactRecord.objects.standing().filter(
            subscriber.wants(), position__gt=cursor.position
        )
        oldest = waiting.order_by("position").first()
        parked = ParkedFact.objects.filter(subscriber=cursor.name)
        yield Lag(
            subscriber=cursor.name,
            listens_to=[] if subscriber.listens_to_all() else subscriber.names,
            origins=subscriber.origins,
            facts=waiting.count(),
            oldest_at=oldest.recorded_at if oldest else None,
            parked=parked.count(),
            parked_errors=list(parked.order_by("-pk").values_list("error", flat=True)[:MOST_SHOWN]),
            error=cursor.error,
        )


def unseated() -> list[str]:
    """Subscribers that no worker has met yet."""
    return sorted(set(subscribers) - set(Cursor.objects.values_list("name", flat=True)))


def forsaken() -> list[str]:
    """Cursors whose subscriber is gone, or was renamed without saying what it was."""
    gone = Cursor.objects.exclude(name__in=[*subscribers, Cursor.LINE])
    return list(gone.order_by("name").values_list("name", flat=True))


@transaction.atomic
def replay(name: str, *, since: datetime | None = None) -> int:
    """Hand over again all that was recorded since then, and say how many facts that are.

    The handler's writes must bear it. Raises NoSuchSubscriber.
    """
    cursor = Cursor.objects.select_for_update().filter(name=name).first()
    if cursor is None or name not in subscribers:
        raise NoSuchSubscriber(f"Nobody with a seat goes by the name {name}: see baton wiring.")
    before = (
        FactRecord.objects.filter(recorded_at__lt=since) if since else FactRecord.objects.none()
    )
    cursor.replay_until = max(cursor.position, cursor.replay_until)
    start = before.aggregate(Max("position"))["position__max"] or 0
    cursor.position = min(cursor.position, start)
    ParkedFact.objects.filter(subscriber=name, fact__position__gt=cursor.position).delete()
    cursor.batch, cursor.attempts, cursor.retry_at, cursor.error = MAX_BATCH, 0, None, ""
    cursor.save()
    again = FactRecord.objects.standing().filter(subscribers[name].wants())
    return again.filter(position__gt=cursor.position, position__lte=cursor.replay_until).count()


def retry_all_parked(*, subscriber: str = "") -> tuple[int, int]:
    """Of this subscriber, or of all: how many were taken now, and how many are parked still.

    Each has a transaction of its own. Whom nobody waits for any more is forgotten.
    Raises NoSuchSubscriber.
    """
    every = ParkedFact.objects.order_by("fact__position")
    mine = every.filter(subscriber=subscriber) if subscriber else every
    if subscriber and subscriber not in subscribers and not mine.exists():
        raise NoSuchSubscriber(f"Nobody goes by the name {subscriber}: see baton wiring.")
    taken = failed = 0
    for parked in list(mine.select_related("fact")):
        try:
            taken += retry_parked(parked)
        except Exception as error:  # noqa: BLE001 -- a handler may fail in any way; the row says how
            ParkedFact.objects.filter(pk=parked.pk).update(error=describe(error))
            failed += 1
    return taken, failed


@transaction.atomic
def retry_parked(parked: ParkedFact) -> bool:
    """Out of its order: facts after it were handled long ago. Retracted meanwhile: forget it.

    No, if somebody else has done it.
    """
    row = ParkedFact.objects.select_for_update().filter(pk=parked.pk).first()
    if row is None:
        return False
    if row.fact.retracted_at is None and row.subscriber in subscribers:
        fact = row.fact.as_fact()
        with caused_by(fact):
            subscribers[row.subscriber].handle([fact])
    row.delete()
    return True
