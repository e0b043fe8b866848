"""Write facts down, in the transaction that makes them true."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from baton.core import bell
from baton.core.columns import Column, Same, insert_columns, spread, usual
from baton.core.facts.kinds import Fact, FactsRetracted, Origin, UnknownFact
from baton.core.facts.models import FactRecord
from baton.core.facts.plain import plain

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
    sourced, each = _sourced(list(facts), causes)
    if not sourced:
        return []
    by = [cause.id if cause else None for cause in each]
    ids = insert_columns(FactRecord, _columns(sourced, by), count=len(sourced))
    bell.ring_on_commit()
    for fact, pk in zip(sourced, ids, strict=True):
        vars(fact)["id"] = pk  # it is our own copy, and nobody has seen it yet
    if (heard := _told.get()) is not None:
        heard += sourced
    return sourced


def publish_columns(kind: type[Fact], columns: Mapping[str, Column], *, count: int) -> None:
    """So many facts of one kind, given column by column as its fields are called: for a bulk whose
    publisher does not look at them. None of them is made, unless somebody collects them; they came
    the way that the first of them did."""
    names, each = [*columns], [spread(one, count) for one in columns.values()]
    rows = zip(*each, strict=True)
    if _told.get() is not None or not transaction.get_connection().in_atomic_block or not count:
        publish_many(kind(**dict(zip(names, row, strict=True))) for row in rows)
        return
    first = dict(zip(names, next(rows), strict=True))
    [alike], [cause] = _sourced([kind(**first)], None)
    written = _columns([alike], [cause.id if cause else None])
    written |= {name: one for name, one in columns.items() if name in PLAIN}
    written["payload"] = _payloads(alike, columns, count)
    insert_columns(FactRecord, written, count=count)
    bell.ring_on_commit()


def _payloads(alike: Fact, columns: Mapping[str, Column], count: int) -> Column:
    """Few differ: those that say the same are one."""
    usual_ones = alike.payload()
    own = {name: one for name, one in columns.items() if name in usual_ones}
    rows = list(zip(*(spread(one, count) for one in own.values()), strict=True))
    said = {row: usual_ones | dict(zip(own, map(plain, row), strict=True)) for row in set(rows)}
    return [said[row] for row in rows] if own else Same(usual_ones)


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


def _sourced(
    facts: Sequence[F], causes: Iterable[Fact | None] | None
) -> tuple[list[F], list[Fact | None]]:
    """Each as what caused it says that it came, and its cause."""
    each = [None] * len(facts) if causes is None else list(causes)
    found = [cause or _cause.get() for _fact, cause in zip(facts, each, strict=True)]
    return [_with_source(*pair) for pair in zip(facts, found, strict=True)], found


def _with_source(fact: F, cause: Fact | None) -> F:
    """What a fact brings about came the way that fact came: an import's MQL is an import, too."""
    if isinstance(fact, UnknownFact):
        raise TypeError(f"{fact.stored_name} is not ours to publish")
    depth = cause.depth + 1 if cause else 0
    if depth > MAX_DEPTH:
        raise FactLoop(fact.name)
    source = _source.get() or (_Source(cause.origin, _batch_after(cause)) if cause else None)
    if source is None:
        return _but(fact, depth=depth)
    is_free = fact.origin is Origin.LIVE
    return _but(
        fact,
        depth=depth,
        origin=source.origin if is_free else fact.origin,
        batch=fact.batch or source.batch,
    )


def _batch_after(cause: Fact) -> UUID | None:
    """With an import goes all that came of it. What a live act led to stands by itself: a mail that
    left is not taken back with the act."""
    return None if cause.origin is Origin.LIVE else cause.batch


def _but(fact: F, **values: Any) -> F:
    """As ``dataclasses.replace``, which takes seven times as long: of a bulk that is felt."""
    other = object.__new__(type(fact))
    vars(other).update(vars(fact), **values)
    return other


PLAIN = ("happened_at", "person_id", "company_id", "deal_id", "campaign_id", "actor_id")
SAID = ("name", "version", "batch", "depth")


def _columns(facts: Sequence[Fact], caused_by: Sequence[int | None]) -> dict[str, Column]:
    """What stands of the facts in the log; of a bulk most columns are one value."""
    columns: dict[str, Column] = {
        name: usual([getattr(fact, name) for fact in facts]) for name in (*PLAIN, *SAID)
    }
    for name in ("side", "touch", "origin"):
        columns[name] = usual([getattr(fact, name).value for fact in facts])
    columns["payload"] = [fact.payload() for fact in facts]
    columns["caused_by_id"] = usual(caused_by)
    return columns
