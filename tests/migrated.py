"""The migrated database: whoever comes first makes it, the others copy it.

To migrate takes longer than most files of tests. On SQLite one does it for all runs, until a
migration changes; on PostgreSQL, whose server ends with the run, one of the run's workers.
"""

import fcntl
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
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
# Beside those: which modules there are, how they are set, and how that is asked for.
SETTLED = (
    "src/baton/**/apps.py",
    "src/baton/config/settings.py",
    "tests/settings.py",
    "tests/core/test_first_schema.py",
    "requirements/runtime.txt",
)
KEPT = 16  # states of migrations, as of branches that take turns, and what each leads to
NAMED = re.compile(r"^\s*(?:from|import) (baton[\w.]*)(?: import (.*))?", re.M)


@contextmanager
def migrated_once(folder: Path) -> Iterator[None]:
    """Around what creates this worker's database; all workers of the run name the same folder."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        folder = _kept_under(_digest(_found((*SOURCES, *SYNCED))))
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


def kept_lines(name: str, make: Callable[[], set[str]]) -> set[str]:
    """What follows from the migrations alone: made anew when they, or any file of ours that they
    lead to, has changed."""
    sources = _with_what_they_name(_found((*SOURCES, *SETTLED)))
    engine = connections["default"]
    said = f"{name} {engine.vendor} {engine.get_database_version()}"
    file = _kept_under(_digest(sources, said=said)) / "lines"
    if not file.exists():
        written = file.with_suffix(f".{os.getpid()}")
        written.write_text("\n".join(sorted(make())))
        written.rename(file)
    return set(file.read_text().split("\n"))


def _kept_under(digest: str) -> Path:
    """A folder that outlives the run; the oldest of many are forgotten."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baton-tests"
    folder = root / digest
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    for old in sorted(root.iterdir(), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _digest(files: Iterable[Path], *, said: str = "") -> str:
    about = sha256(f"{django.__version__} {sys.version} {sqlite3.sqlite_version} {said}".encode())
    for file in sorted(files):
        about.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return about.hexdigest()[:32]


def _found(patterns: Iterable[str]) -> set[Path]:
    return {file for pattern in patterns for file in ROOT.glob(pattern)}


def _with_what_they_name(files: set[Path]) -> set[Path]:
    """And what those import, to the last; of a folder all that lies in it."""
    known, waiting = set(files), list(files)
    while waiting:
        for module, names in NAMED.findall(waiting.pop().read_text()):
            path = ROOT / "src" / module.replace(".", "/")
            parts = [path, *(path / name.strip("(), ") for name in names.split(","))]
            new = {part.with_suffix(".py") for part in parts} | {p / "__init__.py" for p in parts}
            new = {file for file in new if file.is_file()} - known
            known |= new
            waiting += new
    return known


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
