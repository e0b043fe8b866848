"""What an admin does with subscribers: see the lag, replay, try a parked fact again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from baton.core.facts.kinds import Origin
from baton.core.facts.models import MAX_BATCH, Cursor, FactRecord, ParkedFact
from baton.core.facts.publishing import caused_by
from baton.core.facts.subscribers import subscribers


@dataclass(frozen=True, kw_only=True)
class Lag:
    """How far behind one subscriber is. ``listens_to`` is empty for who listens to all."""

    subscriber: str
    listens_to: list[str]
    origins: frozenset[Origin]
    facts: int
    oldest_at: datetime | None
    parked: int
    error: str


def lags() -> Iterator[Lag]:
    """For each subscriber that has taken its seat, in order of names."""
    for cursor in Cursor.objects.filter(name__in=subscribers).order_by("name"):
        subscriber = subscribers[cursor.name]
        waiting = FactRecord.objects.standing().filter(
            subscriber.wants(), position__gt=cursor.position
        )
        oldest = waiting.order_by("position").first()
        yield Lag(
            subscriber=cursor.name,
            listens_to=[] if subscriber.listens_to_all() else subscriber.names(),
            origins=subscriber.origins,
            facts=waiting.count(),
            oldest_at=oldest.recorded_at if oldest else None,
            parked=ParkedFact.objects.filter(subscriber=cursor.name).count(),
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
def replay(name: str, *, since: datetime | None = None) -> None:
    """Hand over again all that was recorded since then; the handler's writes must bear it."""
    cursor = Cursor.objects.select_for_update().get(name=name)
    before = (
        FactRecord.objects.filter(recorded_at__lt=since) if since else FactRecord.objects.none()
    )
    cursor.replay_until = max(cursor.position, cursor.replay_until)
    cursor.position = before.aggregate(Max("position"))["position__max"] or 0
    ParkedFact.objects.filter(subscriber=name, fact__position__gt=cursor.position).delete()
    cursor.batch, cursor.attempts, cursor.retry_at, cursor.error = MAX_BATCH, 0, None, ""
    cursor.save()


@transaction.atomic
def retry_parked(parked: ParkedFact) -> None:
    """Out of its order: facts after it were handled long ago. Retracted meanwhile: forget it."""
    parked = ParkedFact.objects.select_for_update().get(pk=parked.pk)
    if parked.fact.retracted_at is None:
        fact = parked.fact.as_fact()
        with caused_by(fact):
            subscribers[parked.subscriber].handle([fact])
    parked.delete()
