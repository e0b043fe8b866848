"""Hits wait here, on disk, between the answer to the browser and the database.

One file per process, one line per hit, flushed before the answer is given. A file is taken by
renaming it: its writer then notices, under the file's lock, and begins a new one. So a file can be
taken at any moment, a killed writer holds nobody up, and a killed reader leaves the file where the
next one finds it.
"""

import fcntl
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from baton.core.keys import new_key

logger = logging.getLogger(__name__)
WRITING, TAKEN, TORN = ".jsonl", ".taken", ".torn"
LARGEST = 4_000_000  # bytes of one file, so that a reader's bite stays small
MOST = 500_000_000  # bytes of all: with no worker to read them, hits must not fill the disk
MOST_SEARCHED = 32_000_000  # bytes looked through for one visitor
Line = dict[str, Any]
T = TypeVar("T")
_sync = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync


class SpoolFull(Exception):
    """The disk takes no more: the hit must not be answered as if it had been kept."""


def append(line: Line) -> None:
    """Write one line and flush it to the disk. Raises SpoolFull."""
    try:
        _writer().append(_raw(line))
    except OSError as error:
        raise SpoolFull(error.strerror) from error


def take_files() -> Iterator[Path]:
    """Files nobody writes to any more, those of a killed reader among them; oldest first."""
    root = _root()
    for path in sorted(root.glob(f"*{WRITING}"), key=_age):
        try:
            path.rename(path.with_suffix(TAKEN))
        except FileNotFoundError:
            continue  # another reader was faster
    yield from sorted(root.glob(f"*{TAKEN}"), key=_age)


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Whether this reader has the file for itself: no writer at its last line, no other reader."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        # A file that was read and removed before we held its lock exists no more.
        yield _lock(handle, fcntl.LOCK_EX) and path.exists()
    finally:
        os.close(handle)


def lines_in(path: Path, read: Callable[[Line], T]) -> Iterator[T]:
    """Its lines as ``read`` makes them; those it cannot read are kept aside and named."""
    with path.open("rb") as file:
        for raw in file:
            try:
                found = read(json.loads(raw))
            except (ValueError, KeyError, TypeError, AttributeError):
                _keep_aside(path, raw)
            else:
                yield found


def waiting_of(visitor: str, read: Callable[[Line], T]) -> list[T]:
    """The lines of one visitor that no reader has brought to the database yet."""
    mark = json.dumps(visitor).encode()
    found: list[Line] = []
    searched = 0
    for path in sorted([*_root().glob(f"*{WRITING}"), *_root().glob(f"*{TAKEN}")], reverse=True):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue  # read meanwhile
        found += [line for raw in content.splitlines() if mark in raw and (line := _line(raw))]
        searched += len(content)
        if searched > MOST_SEARCHED:
            break
    return [read(line) for line in found if line.get("visitor") == visitor]


def torn_files() -> list[str]:
    """Names of files in the spool with what could not be read, kept for a human to look at."""
    return sorted(path.name for path in Path(settings.SPOOL_ROOT).glob(f"*{TORN}"))


def keep_aside(path: Path, line: Line) -> None:
    """A line of this file that was read but cannot be kept, for a human to look at."""
    _keep_aside(path, _raw(line))


def _raw(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _line(raw: bytes) -> Line | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None  # its writer is still at it
    return line if isinstance(line, dict) else None


def _keep_aside(path: Path, raw: bytes) -> None:
    aside = path.with_suffix(TORN)
    with aside.open("ab") as file:
        file.write(raw.rstrip(b"\n") + b"\n")
    logger.warning("A torn line of the spool was kept in %s", aside.name)


def _root() -> Path:
    root = Path(settings.SPOOL_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


def _lock(handle: int, kind: int) -> bool:
    """Without waiting: nobody is held up by a reader at work or a writer that was stopped."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _flush_folder(root: Path) -> None:
    """A new file survives a power cut only when its folder does."""
    handle = os.open(root, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _age(path: Path) -> tuple[str, str]:
    return path.stem, path.name  # names begin with a UUIDv7: in the order of their making


class _Writer:
    """The open file of this process. Threads write in turn and share one flush."""

    def __init__(self, root: Path) -> None:
        self.root, self.owner = root, os.getpid()
        self.writing, self.flushing = threading.Lock(), threading.Lock()
        self.path, self.handle, self.size = Path(), -1, 0
        self.written = self.flushed = 0  # lines, over all files

    def append(self, raw: bytes) -> None:
        with self.writing:
            number = self._write(raw)
        self._flush(number)

    def _write(self, raw: bytes) -> int:
        while not self._holds_a_current_file():
            self._open_another()
        try:
            done = os.write(self.handle, raw)
            if done < len(raw):
                raise OSError("The disk took only a part of the line")
        except OSError:
            os.ftruncate(self.handle, self.size)  # else the next line would stand on half a line
            raise
        finally:
            fcntl.flock(self.handle, fcntl.LOCK_UN)
        self.size += len(raw)
        self.written += 1
        return self.written

    def _holds_a_current_file(self) -> bool:
        """True with the lock held, when no reader has taken the file."""
        if self.handle < 0 or self.size > LARGEST or not _lock(self.handle, fcntl.LOCK_SH):
            return False
        if self.path.exists():
            return True
        fcntl.flock(self.handle, fcntl.LOCK_UN)
        return False

    def _open_another(self) -> None:
        if sum(path.stat().st_size for path in self.root.iterdir()) > MOST:
            raise OSError("Too many hits wait to be read")
        path = self.root / f"{new_key().hex}-{self.owner}{WRITING}"
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        _flush_folder(self.root)
        with self.flushing:
            self.close()
            self.path, self.handle, self.size = path, handle, 0

    def _flush(self, number: int) -> None:
        with self.flushing:
            if self.flushed < number:  # else somebody's flush covered our line
                reached = self.written
                _sync(self.handle)
                self.flushed = reached

    def close(self) -> None:
        """Flush and let go; lines of this file are safe from here on."""
        if self.handle >= 0:
            _sync(self.handle)
            self.flushed = self.written
            os.close(self.handle)
            self.handle = -1


_writers: dict[Path, _Writer] = {}
_opening = threading.Lock()


def _writer() -> _Writer:
    """This process's writer: a forked child must not share its parent's file."""
    root = _root()
    with _opening:
        writer = _writers.get(root)
        if writer is None or writer.owner != os.getpid():
            writer = _writers[root] = _Writer(root)
    return writer


def close() -> None:
    """Let go of the open files; the next line opens a new one."""
    with _opening:
        for writer in _writers.values():
            with writer.writing, writer.flushing:
                writer.close()
        _writers.clear()
