"""DuckDB, in memory: it sees the lake's folder and nothing else.

A process keeps it, since to open one takes longer than many a report; each statement has a
connection of its own, and whatever it names there is gone with it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer

import duckdb
import pyarrow as pa
from django.conf import settings

from baton.core.errors import TookTooLong, gettext_noop

THREADS, MEMORY, SPILL = 2, "512MB", "4GB"
LONGEST = 60.0  # seconds of one answer
TOO_LONG = gettext_noop("This took longer than a minute. Ask for fewer days, or again later.")
# A file of DuckDB's own locks out every second process, so there is none.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": THREADS,
    "memory_limit": MEMORY,
    "max_temp_directory_size": SPILL,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "preserve_insertion_order": False,
    # Nothing of a file is kept: a web process stays small, and what was damaged since is noticed.
    "enable_external_file_cache": False,
}
# What SQLite, PostgreSQL and DuckDB say differently has a word that all statements can use.
MACROS = (
    "CREATE MACRO DAYS(a, b) AS (EPOCH_US(b) - EPOCH_US(a)) / 86400000000.0",
    "CREATE MACRO DATES(a, b) AS DATE_DIFF('day', CAST(a AS DATE), CAST(b AS DATE))",
)


def lake_root() -> Path:
    """The folder of the files, for the user that runs Baton alone."""
    root = Path(settings.LAKE_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


@contextmanager
def engine(
    tables: dict[str, pa.Table] | None = None, *, threads: int = THREADS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that knows these tables by name, and is gone afterwards."""
    with _shared.database(lake_root(), threads).cursor() as connection:
        for name, table in (tables or {}).items():
            connection.register(name, table)
        try:
            yield connection
        except (duckdb.FatalException, duckdb.InternalException):
            _shared.forget()  # it would answer nobody any more
            raise


@contextmanager
def awaited_engine(tables: dict[str, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same for an answer that somebody waits for: files are written however long that takes.
    Raises TookTooLong."""
    with engine(tables) as connection:
        watch = Timer(LONGEST, connection.interrupt)
        watch.daemon = True
        watch.start()
        try:
            yield connection
        except duckdb.InterruptException as error:
            raise TookTooLong(TOO_LONG) from error
        finally:
            watch.cancel()


class _Shared:
    """The databases of this process; a child that was forked has no threads for its parent's."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.of: tuple[int, Path] | None = None
        self.known: dict[int, duckdb.DuckDBPyConnection] = {}

    def database(self, root: Path, threads: int) -> duckdb.DuckDBPyConnection:
        """By how many threads it has, since only all of a database can be told so."""
        with self.lock:
            if self.of != (os.getpid(), root):
                self.of, self.known = (os.getpid(), root), {}
            if threads not in self.known:
                self.known[threads] = _opened(root, threads)
            return self.known[threads]

    def forget(self) -> None:
        """Whoever still reads goes on; the next one opens another."""
        with self.lock:
            self.known = {}


def _opened(root: Path, threads: int) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(":memory:", config={**CONFIG, "threads": threads})
    database.execute(f"SET temp_directory = {quoted(root / 'spill')}")
    database.execute(f"SET allowed_directories = [{quoted(f'{root}/')}]")
    database.execute("SET GLOBAL TimeZone = 'UTC'")
    # It hands Bloom filters to scans of Arrow, which 1.5.6 does not know there and gives up on.
    database.execute("SET disabled_optimizers = 'join_filter_pushdown'")
    for macro in MACROS:
        database.execute(macro)
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


_shared = _Shared()


def quoted(text: Path | str) -> str:
    """As a text in SQL."""
    return "'" + str(text).replace("'", "''") + "'"
