"""What the lines of the files say, mapped once: the check keeps it, and the writing takes it up.

A portion is a few dozen bytes a cell, in memory while it is little and then in a file without a
name; a million mapped lines would fill the memory, and mapping them again takes ten times as long.
"""

import pickle
from collections import defaultdict
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, Self

from baton.operations.exchange.actions.matching import Job
from baton.operations.exchange.actions.writing import CHUNK, Pending
from baton.operations.exchange.rules.mapping import Mapped

IN_MEMORY = 8_000_000  # bytes


class Said:
    """The objects of all lines that could be mapped, by job and in their order."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- closed at the end
        self._places: dict[int, list[tuple[int, int]]] = defaultdict(list)  # offset and length
        self._last: dict[int, list[tuple[Any, ...]]] = defaultdict(list)  # not in the file yet

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def keep(self, job: Job, one: Pending) -> None:
        """The next of this job."""
        some = self._last[id(job)]
        some.append((one.line, one.digest, *one.mapped))
        if len(some) == CHUNK:
            written = pickle.dumps(some)
            offset = self._file.seek(0, 2)
            self._file.write(written)
            self._places[id(job)].append((offset, len(written)))
            some.clear()

    def by(self, job: Job) -> Iterator[Pending]:
        """All of this job, as often as it is asked."""
        for offset, length in self._places[id(job)]:
            self._file.seek(offset)
            some = pickle.loads(self._file.read(length))  # noqa: S301 -- nobody else reaches the file
            yield from map(_taken_up, some)
        yield from map(_taken_up, self._last[id(job)])


def _taken_up(kept: tuple[Any, ...]) -> Pending:
    line, digest, *said = kept
    return Pending(line, Mapped(*said), digest)
