"""The migrated database of a run: the worker that comes first makes it, the others copy it.

To migrate takes longer than most files of tests; of several workers one does it.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

TEMPLATE = "migrated"


@contextmanager
def migrated_once(folder: Path) -> Iterator[None]:
    """Around what creates this worker's database; all workers of the run name the same folder."""
    connection = connections["default"]
    way = (_InMemory if connection.vendor == "sqlite" else _OnServer)(connection, folder)
    done = folder / "migrated.done"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        if done.exists():
            with way.copied():
                yield
        else:
            yield
            way.keep()
            done.touch()


class _InMemory:
    """SQLite: a file beside, read into the memory in which Django then finds it."""

    def __init__(self, connection: Any, folder: Path) -> None:
        self.connection, self.file = connection, folder / "migrated.sqlite3"

    def keep(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(self.file)])

    @contextmanager
    def copied(self) -> Iterator[None]:
        name = self.connection.creation._get_test_db_name()
        with closing(sqlite3.connect(name, uri=True)) as memory:
            with closing(sqlite3.connect(self.file)) as file:
                file.backup(memory)
            yield  # open until Django's own connection is


class _OnServer:
    """PostgreSQL: a template."""

    def __init__(self, connection: Any, _folder: Path) -> None:
        self.connection = connection

    def keep(self) -> None:
        name = self.connection.settings_dict["NAME"]
        self.connection.close()  # a template must be left alone
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(
                f'DROP DATABASE IF EXISTS "{TEMPLATE}"'
            )  # of a run on a server that stays
            cursor.execute(f'CREATE DATABASE "{TEMPLATE}" TEMPLATE "{name}"')

    @contextmanager
    def copied(self) -> Iterator[None]:
        self.connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE
        yield
