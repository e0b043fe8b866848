from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from time import sleep
from uuid import UUID

from django.db import DataError
from django.utils import timezone
from django_tasks import task

from baton.core.jobs import every, policy
from baton.marketing.capture import actions, spool
from baton.marketing.capture.rules.visits import Seen, read_seen

AT_ONCE = 500  # hits in one transaction
GAP = 0.002  # SQLite's write lock is no queue: without a gap between portions the web starves


@every("* * * * *")
@task()
@policy(single=True)
def drain_spool() -> None:
    """Bring waiting hits to the database. Killed anywhere and run again, each still counts once.

    A minute is soon enough: who sends a form has their own hits taken at that moment.
    """
    for path in spool.take_files():
        with spool.locked(path) as is_ours:
            if is_ours:
                _drain(path)


@every("* * * * *")
@task()
@policy(single=True)
def tell_visits() -> None:
    """A visit of somebody we know is news once it is over."""
    while actions.tell_visits(at=timezone.now()):
        pass


@every("23 * * * *")
@task()
@policy(atomic=True)
def forget_full_buckets() -> None:
    """Rate limits of addresses that have long stopped sending."""
    actions.forget_full_buckets(at=timezone.now())


def take_waiting_hits(visitor: UUID) -> None:
    """Bring one visitor's hits to the database now: the visit before a form belongs to the person
    from the first moment on."""
    hits = spool.waiting_of(str(visitor), read_seen)
    if hits:
        _take(hits)


def _drain(path: Path) -> None:
    for hits in _portions(spool.lines_in(path, read_seen)):
        for refused in _take(hits):
            spool.keep_aside(path, refused.plain())
        sleep(GAP)
    path.unlink()


def _take(hits: list[Seen]) -> list[Seen]:
    """Those that the database will never take: one bad line must not stop the rest."""
    try:
        actions.take_hits(hits=hits)
    except (DataError, ValueError):
        if len(hits) == 1:
            return hits
        half = len(hits) // 2
        return _take(hits[:half]) + _take(hits[half:])
    return []


def _portions(hits: Iterable[Seen]) -> Iterator[list[Seen]]:
    rest = iter(hits)
    while portion := list(islice(rest, AT_ONCE)):
        yield portion
