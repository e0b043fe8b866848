"""Write facts down, in the transaction that makes them true."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from baton.core import bell
from baton.core.bulk import insert_rows, row_maker
from baton.core.facts.kinds import Fact, FactsRetracted, Origin, UnknownFact
from baton.core.facts.models import FactRecord

MAX_DEPTH = 10
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class _Source:
    origin: Origin
    batch: UUID | None


_cause: ContextVar[Fact | None] = ContextVar("cause", default=None)
_source: ContextVar[_Source | None] = ContextVar("source", default=None)
_told: ContextVar[list[Fact] | None] = ContextVar("told", default=None)


class FactLoop(Exception):
    """Facts caused each other more than MAX_DEPTH times."""


@contextmanager
def caused_by(fact: Fact) -> Iterator[None]:
    """What is published inside was caused by this fact."""
    token = _cause.set(fact)
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def origin(source: Origin, *, batch: UUID | None = None) -> Iterator[None]:
    """Facts published inside, that do not say otherwise, came this way and are undone together."""
    token = _source.set(_Source(source, batch))
    try:
        yield
    finally:
        _source.reset(token)


def batch_now() -> UUID | None:
    """What is made inside goes with this batch when that is undone."""
    source = _source.get()
    return source.batch if source else None


@contextmanager
def collected() -> Iterator[list[Fact]]:
    """The facts that are published inside, as they come."""
    told: list[Fact] = []
    token = _told.set(told)
    try:
        yield told
    finally:
        _told.reset(token)


def publish(fact: F) -> F:
    """Record it; the copy returned has its id. Outside a transaction this is refused."""
    [published] = publish_many([fact])
    return published


def publish_many(facts: Iterable[F], *, causes: Iterable[Fact | None] | None = None) -> list[F]:
    """Record them in this order, with few statements and one ring of the bell.

    ``causes`` are as many as the facts; without them one cause is that of all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() belongs in the transaction that makes the fact true")
    told = list(facts)
    each = [None] * len(told) if causes is None else list(causes)
    pairs = [(fact, cause or _cause.get()) for fact, cause in zip(told, each, strict=True)]
    if not pairs:
        return []
    sourced = [_with_source(fact, cause) for fact, cause in pairs]
    records = insert_rows(
        FactRecord, (_record(fact, cause) for fact, (_, cause) in zip(sourced, pairs, strict=True))
    )
    bell.ring_on_commit()
    for fact, record in zip(sourced, records, strict=True):
        vars(fact)["id"] = record.pk  # it is our own copy, and nobody has seen it yet
    if (heard := _told.get()) is not None:
        heard += sourced
    return sourced


@transaction.atomic
def retract(*, batch: UUID, at: datetime) -> int:
    """Undo a batch: its facts stand no longer; says how many. Subscribers hear it as one fact."""
    facts = FactRecord.objects.standing().filter(batch=batch).exclude(name=FactsRetracted.name)
    came_by = facts.values_list("origin", flat=True).first()
    count = facts.update(retracted_at=at)
    if came_by:
        source = Origin(came_by)  # what rang no phone when it came rings none when it goes
        publish(FactsRetracted(happened_at=at, origin=source, batch=batch, count=count))
    return count


def _with_source(fact: F, cause: Fact | None) -> F:
    """What a fact brings about came the way that fact came: an import's MQL is an import, too."""
    if isinstance(fact, UnknownFact):
        raise TypeError(f"{fact.stored_name} is not ours to publish")
    depth = cause.depth + 1 if cause else 0
    if depth > MAX_DEPTH:
        raise FactLoop(fact.name)
    source = _source.get() or (_Source(cause.origin, cause.batch) if cause else None)
    if source is None:
        return _but(fact, depth=depth)
    is_free = fact.origin is Origin.LIVE
    return _but(
        fact,
        depth=depth,
        origin=source.origin if is_free else fact.origin,
        batch=fact.batch or source.batch,
    )


def _but(fact: F, **values: Any) -> F:
    """As ``dataclasses.replace``, which takes seven times as long: of a bulk that is felt."""
    other = object.__new__(type(fact))
    vars(other).update(vars(fact), **values)
    return other


_new_record = row_maker(FactRecord)


def _record(fact: Fact, cause: Fact | None) -> FactRecord:
    return _new_record(
        name=fact.name,
        version=fact.version,
        happened_at=fact.happened_at,
        person_id=fact.person_id,
        company_id=fact.company_id,
        deal_id=fact.deal_id,
        campaign_id=fact.campaign_id,
        actor_id=fact.actor_id,
        side=fact.side.value,
        touch=fact.touch.value,
        origin=fact.origin.value,
        batch=fact.batch,
        payload=fact.payload(),
        caused_by_id=cause.id if cause else None,
        depth=fact.depth,
    )
