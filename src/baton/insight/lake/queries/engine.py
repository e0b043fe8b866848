"""DuckDB, in memory, for one statement at a time: it sees the lake's folder and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import duckdb
import pyarrow as pa
from django.conf import settings

THREADS, MEMORY, SPILL = 2, "512MB", "4GB"
LONGEST = 60.0  # seconds of one statement
# A file of DuckDB's own locks out every second process, so there is none.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": THREADS,
    "memory_limit": MEMORY,
    "max_temp_directory_size": SPILL,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "preserve_insertion_order": False,
}


def lake_root() -> Path:
    """The folder of the files, for the user that runs Baton alone."""
    root = Path(settings.LAKE_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


@contextmanager
def engine(tables: dict[str, pa.Table] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that knows these tables by name, and is gone afterwards."""
    root = lake_root()
    with duckdb.connect(":memory:", config=CONFIG) as connection:
        connection.execute(f"SET temp_directory = {quoted(root / 'spill')}")
        connection.execute(f"SET allowed_directories = [{quoted(f'{root}/')}]")
        connection.execute("SET TimeZone = 'UTC'")
        # It hands Bloom filters to scans of Arrow, which 1.5.6 does not know there and gives up on.
        connection.execute("SET disabled_optimizers = 'join_filter_pushdown'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        for name, table in (tables or {}).items():
            connection.register(name, table)
        watch = Timer(LONGEST, connection.interrupt)
        watch.daemon = True
        watch.start()
        try:
            yield connection
        finally:
            watch.cancel()


def quoted(text: Path | str) -> str:
    """As a text in SQL."""
    return "'" + str(text).replace("'", "''") + "'"
