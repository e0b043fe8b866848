"""Where contents lie: under their digest, outside of whatever a web server hands out.

A content is written beside, forced onto the disk and then moved to its place: it is there whole or
not at all. What no row names is swept away.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import mkstemp
from typing import IO, Any

from django.conf import settings

from baton.core.files.rules import LOOKED_AT

YOUNG = timedelta(hours=24)  # whoever writes it may not have written its row yet
RESERVE = 100_000_000  # bytes of the disk that are left to the database
DIGEST = re.compile(r"[0-9a-f]{64}")


class Wrong(StrEnum):
    """Why a content was not taken."""

    TOO_LARGE = "too_large"
    DISK_FULL = "disk_full"
    TOO_MANY = "too_many"


def folder() -> Path:
    return Path(settings.HOME) / "media" / "files"


def path_of(digest: str) -> Path:
    """Where a content lies. Raises ValueError for what is no digest."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("no digest")
    return folder() / digest[:2] / digest


def name_of(digest: str) -> str:
    """The same as a file of everything calls it."""
    return f"media/files/{digest[:2]}/{digest}"


@dataclass
class Received:
    """A content as it comes in, piece by piece; whatever goes wrong is said by ``wrong``."""

    name: str
    wrong: Wrong | None = None
    size: int = 0
    head: bytes = b""
    _digest: Any = field(default_factory=hashlib.sha256)
    _path: Path | None = None
    _file: IO[bytes] | None = None

    def take(self, piece: bytes) -> None:
        """The next piece; once something is wrong it is let go by."""
        self.size += len(piece)
        if self.size > settings.FILE_MAX_SIZE:
            self._give_up(Wrong.TOO_LARGE)
        if self.wrong:
            return
        self.head += piece[: max(0, LOOKED_AT - len(self.head))]
        self._digest.update(piece)
        try:
            self._open().write(piece)
        except OSError:
            self._give_up(Wrong.DISK_FULL)

    def end(self) -> None:
        """All came: onto the disk."""
        if self.wrong or self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError:
            self._give_up(Wrong.DISK_FULL)

    @property
    def digest(self) -> str:
        return str(self._digest.hexdigest())

    def keep(self) -> None:
        """To its place, over one of the same content. Raises OSError."""
        assert self._path, "a whole content, not kept yet"
        target = path_of(self.digest)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.replace(target)
        self._path = None
        _sync(target.parent)

    def close(self) -> None:
        """Unless it was kept, nothing of it is left."""
        if self._file is not None:
            with suppress(OSError):  # what could not be written is not wanted any more
                self._file.close()
            self._file = None
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None

    def _open(self) -> IO[bytes]:
        if self._file is None:
            place = folder() / "incoming"
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if shutil.disk_usage(place).free < RESERVE:
                raise OSError("little is free")
            handle, path = mkstemp(dir=place)
            self._path, self._file = Path(path), os.fdopen(handle, "wb")
        return self._file

    def _give_up(self, why: Wrong) -> None:
        self.wrong = self.wrong or why
        self.close()


def _sync(place: Path) -> None:
    """The name, too, is on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def mend(*, at: datetime) -> None:
    """What killed processes left: what came in and was never kept, what was being swept."""
    for path in _files(folder() / "incoming"):
        if _is_old(path, at=at):
            path.unlink(missing_ok=True)
    for path in sorted(folder().glob("[0-9a-f][0-9a-f]/*.going")):
        path.replace(path.with_suffix(""))


def old_contents(*, at: datetime) -> Iterator[str]:
    """Those that lie there longer than an upload takes."""
    for place in sorted(folder().glob("[0-9a-f][0-9a-f]")):
        for path in _files(place):
            if DIGEST.fullmatch(path.name) and _is_old(path, at=at):
                yield path.name


def sweep(digest: str, *, at: datetime) -> None:
    """Away with it, unless the same came in just now: that is put back."""
    path = path_of(digest)
    aside = path.with_suffix(".going")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return
    if _is_old(aside, at=at):
        aside.unlink()
    else:
        aside.rename(path)


def _files(place: Path) -> list[Path]:
    return sorted(place.iterdir()) if place.is_dir() else []


def _is_old(path: Path, *, at: datetime) -> bool:
    try:
        return path.stat().st_mtime < (at - YOUNG).timestamp()
    except FileNotFoundError:
        return False
