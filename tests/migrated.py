"""The migrated database: whoever comes first makes it, the others copy it.

To migrate takes longer than most files of tests. On SQLite one does it for all runs, until a
migration changes; on PostgreSQL, whose server ends with the run, one of the run's workers.
"""

import fcntl
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
from django.db import connections

TEMPLATE = "migrated"
ROOT = Path(__file__).parents[1]
# What migrations do, what they use of ours, and whose tables follow their models.
SOURCES = ("src/**/migrations/*.py", "src/baton/core/search/*.py", "src/baton/core/sqlite/*.py")
SYNCED = (
    "tests/lab/models.py",
    "requirements/runtime.txt",
    "src/baton/core/management/commands/migrate.py",
)
KEPT = 8  # states of migrations, as of branches that take turns


@contextmanager
def migrated_once(folder: Path) -> Iterator[None]:
    """Around what creates this worker's database; all workers of the run name the same folder."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        folder = _folder_of_these_migrations()
        way: _InMemory | _OnServer = _InMemory(connection, folder)
    else:
        way = _OnServer(connection)
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


def _folder_of_these_migrations() -> Path:
    """Outlives the run; the oldest of many are forgotten."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baton-tests"
    folder = root / _digest()
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    for old in sorted(root.iterdir(), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _digest() -> str:
    said = sha256(f"{django.__version__} {sys.version} {sqlite3.sqlite_version}".encode())
    files = {file for pattern in SOURCES for file in ROOT.glob(pattern)}
    for file in sorted(files | {ROOT / name for name in SYNCED}):
        said.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return said.hexdigest()[:32]


class _InMemory:
    """SQLite: a file beside, read into the memory in which Django then finds it."""

    def __init__(self, connection: Any, folder: Path) -> None:
        self.connection, self.file = connection, folder / "migrated.sqlite3"

    def keep(self) -> None:
        self.file.unlink(missing_ok=True)  # of a run that was killed meanwhile
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

    def __init__(self, connection: Any) -> None:
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
