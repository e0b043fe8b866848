"""Write a file of the lake so that it is whole or not there: beside its place, flushed, renamed."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
from duckdb import DuckDBPyConnection

from baton.core.errors import RuleViolation, gettext_noop
from baton.core.keys import new_key
from baton.insight.lake.queries.engine import engine, lake_root, quoted
from baton.insight.lake.queries.streams import Source, months_of

WRITING = ".writing"
# A reader can pass over 100,000 rows at once. Version 2 writes ids and moments as differences: a
# fact takes a third of the bytes, and less time.
FORMAT = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, ROW_GROUP_SIZE 100000"


@dataclass(frozen=True)
class Written:
    """A file that lies in its place, and is in the lake once the manifest says so."""

    month: date
    path: str
    row_count: int
    size: int
    checksum: str


class LakeUnwritable(RuleViolation):
    """The disk is full, or the folder is not ours. Nothing has changed then."""


def write_months(source: Source, lines: pa.Table, zone: ZoneInfo) -> list[Written]:
    """One file for each month that these rows of the log (``source.lines``) have. Asks no database,
    so that a thread can write while the next rows are read. Raises LakeUnwritable.
    """
    written: list[Written] = []
    with _or_none(), engine(threads=1) as lake:  # the other processor reads the log
        raw = source.in_order(source.parsed(lake, lines))
        days = source.days(raw, zone)
        lake.register("day", days)
        try:
            for month in months_of(days):
                # One piece is read by one thread, so that the rows stay in their order.
                of_month = source.of_month(raw, month, zone).combine_chunks()
                if of_month.num_rows:
                    lake.register("raw", of_month)
                    rows = source.shaping(raw="raw", day="day")
                    written.append(_write(lake, source.name, month, rows))
        except BaseException:
            discard(written)
            raise
    return written


def write_together(stream: str, month: date, paths: Sequence[str]) -> Written:
    """One file with the rows of several of one month. Raises LakeUnwritable."""
    with _or_none(), engine() as lake:
        files = ", ".join(quoted(lake_root() / path) for path in paths)
        rows = f"SELECT * FROM read_parquet([{files}]) ORDER BY on_day, event_id"  # noqa: S608 -- our own names
        return _write(lake, stream, month, rows)


@contextmanager
def _or_none() -> Iterator[None]:
    """Whoever asks for a seal hears one sentence, not what the engine or the system call it."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        why = error.strerror if isinstance(error, OSError) else str(error).rpartition(": ")[2]
        said = gettext_noop("The lake in %(place)s cannot be written, and stays as it was: %(why)s")
        raise LakeUnwritable(said, place=lake_root(), why=why) from error


def discard(written: list[Written]) -> None:
    """Files that shall not become part of the lake."""
    for one in written:
        (lake_root() / one.path).unlink(missing_ok=True)


def _write(lake: DuckDBPyConnection, stream: str, month: date, rows: str) -> Written:
    folder = lake_root() / stream / f"{month:%Y-%m}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{new_key().hex}.parquet"
    beside = place.with_suffix(WRITING)
    try:
        lake.execute(f"COPY ({rows}) TO {quoted(beside)} ({FORMAT})")
        [row_count] = lake.fetchone() or (0,)
        beside.chmod(0o600)
        size, checksum = _flushed(beside)
        beside.rename(place)
        _flush_folder(folder)
    except BaseException:
        beside.unlink(missing_ok=True)
        place.unlink(missing_ok=True)
        raise
    return Written(month, str(place.relative_to(lake_root())), row_count, size, checksum)


def _flushed(file: Path) -> tuple[int, str]:
    """Bytes and checksum of what now outlives a power cut."""
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
        checksum = file_digest(handle, "sha256").hexdigest()
    return file.stat().st_size, checksum


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
