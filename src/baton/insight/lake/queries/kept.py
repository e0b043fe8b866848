"""Answers over many facts, kept while what they were read from stands.

A list behind a figure is opened page by page and ordered by one column after the other, a report is
asked by several people: the same statement, of the same facts. An answer is kept with what had been
written when it was read (``as_written``), and read anew once anything was written since, or after
LONGEST, for what no fact and no change tells of (a team that has another manager).
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.db import connection
from django.db.models import Max, Model, Sum

from baton.core.changes.models import Change
from baton.core.facts.models import Cursor, FactRecord
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries.engine import lake_root
from baton.qualification.lifecycle.models import StageChange
from baton.records.timeline.models import Activity

MANY = 50_000  # rows of a stream in files; fewer are read sooner than anybody notices
LONGEST = 300.0  # seconds
MOST = 2_000_000  # values of all answers that a process keeps: 16 MB where they are ids
TOLD: Sequence[type[Model]] = (FactRecord, Change, StageChange, Activity)
Row = dict[str, Any]
Answers = list[list[Row]]


@dataclass(frozen=True)
class Packed:
    """Rows by column: a list of ids takes eight bytes each, not a dict."""

    names: tuple[str, ...]
    columns: list[Sequence[Any]]

    def rows(self) -> list[Row]:
        return [dict(zip(self.names, row, strict=True)) for row in zip(*self.columns, strict=True)]

    @property
    def weight(self) -> int:
        return sum(map(len, self.columns)) + 1


@dataclass(frozen=True)
class _Kept:
    written: Hashable
    at: float
    answers: list[Packed]

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.answers)


class Keeper:
    """What this process keeps, the longest unused first to go."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.known: OrderedDict[Hashable, _Kept] = OrderedDict()
        self.read_now: dict[Hashable, Future[list[Packed]]] = {}

    def answers(self, key: Hashable, read: Callable[[], Answers]) -> Answers:
        """What is kept by this key if it stands, else what is read now."""
        written = as_written()  # before it is read: what comes in between makes it old
        with self.lock:
            kept = self.known.get(key)
            if kept is not None:
                self.known.move_to_end(key)
        if kept is not None and kept.written == written and monotonic() - kept.at < LONGEST:
            return [one.rows() for one in kept.answers]
        return [one.rows() for one in self._once(key, written, read)]

    def _once(self, key: Hashable, written: Hashable, read: Callable[[], Answers]) -> list[Packed]:
        """Read by whoever came first; who asks the same meanwhile waits for it, and hears of it
        where it was given up: a page that many open at once is counted once."""
        mine = Future[list[Packed]]()
        with self.lock:
            awaited = self.read_now.get((key, written))
            if awaited is None:
                self.read_now[key, written] = mine
        if awaited:
            return awaited.result()
        begun = monotonic()
        try:
            found = [packed(rows) for rows in read()]
            mine.set_result(found)
            self._keep(key, _Kept(written, begun, found))
        except BaseException as error:
            if not mine.done():
                mine.set_exception(error)
            raise
        finally:
            del self.read_now[key, written]
        return found

    def forget(self) -> None:
        with self.lock:
            self.known.clear()

    def _keep(self, key: Hashable, kept: _Kept) -> None:
        with self.lock:
            self.known.pop(key, None)
            self.known[key] = kept
            total = sum(one.weight for one in self.known.values())
            while total > MOST:
                total -= self.known.popitem(last=False)[1].weight


def kept_answers(key: tuple[Hashable, ...], read: Callable[[], Answers]) -> Answers:
    """What is read of the records, for who sees all of them: kept where there are many facts."""
    return keeper.answers((str(lake_root()), *key), read) if is_worth_keeping() else read()


def is_worth_keeping() -> bool:
    """Whether there is so much that reading it is felt. Inside of a transaction nothing is kept:
    what it wrote may be taken back."""
    if connection.in_atomic_block:
        return False
    return any(sealed >= MANY for sealed in Stream.objects.values_list("sealed", flat=True))


def as_written() -> Hashable:
    """How far the log, who follows it, the history and what is counted beside them have come: deals
    follow a rate a moment after it, without a word. The files are among it, since somebody is
    erased from the log without one, too."""
    line = Cursor.objects.aggregate(all=Sum("position"))["all"]
    latest = [one._base_manager.aggregate(most=Max("pk"))["most"] for one in TOLD]
    return (line, *latest, LakeFile.objects.aggregate(most=Max("pk"))["most"])


def packed(rows: Sequence[Row]) -> Packed:
    """The same rows by column."""
    if not rows:
        return Packed((), [])
    columns: Iterable[tuple[Any, ...]] = zip(*(row.values() for row in rows), strict=True)
    return Packed(tuple(rows[0]), [_narrow(column) for column in columns])


def _narrow(column: tuple[Any, ...]) -> Sequence[Any]:
    is_ids = all(type(value) is int and abs(value) < 2**63 for value in column)
    return array("q", column) if is_ids else column


keeper = Keeper()
