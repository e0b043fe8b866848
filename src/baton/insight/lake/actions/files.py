"""Write a file of the lake so that it is whole or not there: beside its place, flushed, renamed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
from duckdb import DuckDBPyConnection

from baton.core.keys import new_key
from baton.insight.lake.queries.engine import engine, lake_root, quoted
from baton.insight.lake.queries.streams import Source

WRITING = ".writing"
GROUP = 100_000  # rows that a reader can pass over at once


@dataclass(frozen=True)
class Written:
    """A file that lies in its place, and is in the lake once the manifest says so."""

    month: date
    path: str
    row_count: int
    size: int
    checksum: str


def write_months(source: Source, raw: pa.Table, zone: ZoneInfo) -> list[Written]:
    """One file for each month that these rows have. Raises OSError, duckdb.Error; then none is
    left behind."""
    written: list[Written] = []
    with engine({"raw": raw, "day": source.days(raw, zone)}) as duckdb:
        try:
            duckdb.execute(f"CREATE TABLE every AS {source.shaping(raw='raw', day='day')}")
            for month in list(_months(duckdb)):
                written.append(_write(duckdb, source.name, month))
        except BaseException:
            discard(written)
            raise
    return written


def discard(written: list[Written]) -> None:
    """Files that shall not become part of the lake."""
    for one in written:
        (lake_root() / one.path).unlink(missing_ok=True)


def _months(duckdb: DuckDBPyConnection) -> Iterator[date]:
    months = "SELECT DISTINCT DATE_TRUNC('month', on_day) AS month FROM every ORDER BY month"
    for (month,) in duckdb.execute(months).fetchall():
        yield month


def _write(duckdb: DuckDBPyConnection, stream: str, month: date) -> Written:
    folder = lake_root() / stream / f"{month:%Y-%m}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = folder / f"{new_key().hex}.parquet"
    beside = place.with_suffix(WRITING)
    try:
        duckdb.execute(
            f"COPY (SELECT * FROM every WHERE DATE_TRUNC('month', on_day) = DATE '{month}' "  # noqa: S608 -- our own names
            f"ORDER BY on_day, event_id) TO {quoted(beside)} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})"
        )
        beside.chmod(0o600)
        row_count, size, checksum = _flushed(duckdb, beside)
        beside.rename(place)
        _flush_folder(folder)
    except BaseException:
        beside.unlink(missing_ok=True)
        place.unlink(missing_ok=True)
        raise
    return Written(month, str(place.relative_to(lake_root())), row_count, size, checksum)


def _flushed(duckdb: DuckDBPyConnection, file: Path) -> tuple[int, int, str]:
    """Rows, bytes, checksum of what now outlives a power cut."""
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
        checksum = file_digest(handle, "sha256").hexdigest()
    counted = duckdb.execute(f"SELECT SUM(num_rows) FROM parquet_file_metadata({quoted(file)})")  # noqa: S608 -- our own name
    [row_count] = counted.fetchone() or (0,)
    return int(row_count), file.stat().st_size, checksum


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
