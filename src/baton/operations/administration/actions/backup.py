"""The whole instance in one file, and back. Never a copy of a living database file.

The file is a tar: manifest.json first, then the database (SQLite: a ``VACUUM INTO`` copy;
PostgreSQL: each table by ``COPY`` out of one snapshot), then media, keys and spool. What seals
secrets in the database stays out: a key that lies beside its lock is none.
"""

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from baton.core.access.models import User
from baton.core.errors import RuleViolation, is_disk_full
from baton.core.settings.models import Organisation
from baton.insight.lake import actions as lake
from baton.insight.lake.queries import STREAMS
from baton.operations.administration.actions import postgres_copy

FOLDERS = ("media", "keys", "spool")
LEFT_OUT = {"keys/sealing"}
MANIFEST, SQLITE_NAME = "manifest.json", "database.sqlite3"


class UnusableBackup(RuleViolation):
    """The file is not a backup that this installation can read."""


class NotEmpty(RuleViolation):
    """A restore never overwrites living data."""


class NothingToSave(RuleViolation):
    """A file that looks like a backup and holds nothing would be trusted one day."""


def back_up(*, path: Path, at: datetime) -> dict[str, Any]:
    """Write the backup to ``path`` (whole or not at all); returns its manifest.

    Raises NothingToSave, and OSError when the disk is full; an earlier file of that name is then
    still whole.
    """
    if not _has_users():
        raise NothingToSave(
            "There is no Baton here yet. Run: baton init --admin you@company.example"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".baton-backup") as work:
        folder = Path(work)
        is_file = connection.vendor == "sqlite"
        tables = _save_sqlite(folder) if is_file else _save_postgres(folder)
        manifest = {
            "baton": version("baton-crm"),
            "made_at": at.isoformat(),
            "engine": connection.vendor,
            "migrations": _migrations(),
            "rows": tables,
            "columns": {} if is_file else postgres_copy.columns_of(tables),
        }
        made = folder / "backup.tar.gz"
        with tarfile.open(made, "w:gz", compresslevel=6) as tar:
            _add_text(tar, MANIFEST, json.dumps(manifest, indent=1))
            for file in sorted(folder.glob("database*")):
                tar.add(file, file.name)
            for name in FOLDERS:
                if (source := settings.HOME / name).exists():
                    tar.add(source, name, filter=_kept)
        made.replace(path)
    return manifest


def restore(*, path: Path, say: Callable[[str], None], at: datetime) -> dict[str, Any]:
    """Bring an empty installation to the state of the backup; it sends nothing until armed.

    Raises UnusableBackup, NotEmpty.
    """
    _refuse_living_data()
    with tempfile.TemporaryDirectory(dir=_home(), prefix=".baton-restore") as work:
        folder = Path(work)
        manifest = _unpack(path, folder)
        if manifest["engine"] != connection.vendor:
            raise UnusableBackup(
                f"This backup was made on {manifest['engine']}, and this installation runs on "
                f"{connection.vendor}. Restore it on {manifest['engine']}."
            )
        _refuse_newer(manifest)
        say(f"Restoring the backup of {manifest['made_at'][:16]} ...")
        is_file = connection.vendor == "sqlite"
        if is_file:
            _make_ready(folder / SQLITE_NAME)
        else:
            postgres_copy.make_tables(manifest["migrations"])
        for name in FOLDERS:  # before the database: as long as that is empty, all can be repeated
            if (source := folder / name).exists():
                shutil.copytree(source, settings.HOME / name, dirs_exist_ok=True)
        if is_file:
            _move_in(folder / SQLITE_NAME)
        else:
            columns = manifest.get("columns", {})
            postgres_copy.load(folder, rows=manifest["rows"], columns=columns)
    call_command("migrate", verbosity=0, interactive=False)
    for name in STREAMS:  # its files are made anew from the log: a backup has none
        lake.forget(name, at=at)
    return manifest


def _home() -> Path:
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    return home


def _migrations() -> list[list[str]]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted([app, name] for app, name in applied)


def _save_sqlite(folder: Path) -> dict[str, int]:
    """A consistent copy while others write, checked before it counts as a backup."""
    target = folder / SQLITE_NAME
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    return _check_sqlite(target)


def _save_postgres(folder: Path) -> dict[str, int]:
    return postgres_copy.save(folder)


def _check_sqlite(file: Path) -> dict[str, int]:
    """Rows by table; raises UnusableBackup when SQLite finds the file broken."""
    copy = sqlite3.connect(file)
    try:
        [verdict] = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise UnusableBackup(f"The database in this backup is damaged: {verdict}")
        names = [
            name for [name] in copy.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        counts = {
            name: int(copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 -- names from the catalogue
            for name in names
            if not name.startswith("sqlite_")
        }
    except sqlite3.DatabaseError as error:
        raise UnusableBackup("The database in this backup cannot be read.") from error
    finally:
        copy.close()
    return counts


def _make_ready(file: Path) -> None:
    """Whole, and disarmed before it is moved in: an armed copy is never seen."""
    if not file.exists():
        raise UnusableBackup("There is no database in this backup.")
    _check_sqlite(file)
    _disarm(file)


def _move_in(file: Path) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    for leftover in ("-wal", "-shm"):  # of an empty database that the look before has made
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    beside = target.with_name(target.name + ".restored")
    shutil.move(file, beside)  # the database may lie on another disk than the data folder
    beside.replace(target)


def _disarm(file: Path) -> None:
    copy = sqlite3.connect(file)
    try:
        with copy:
            copy.execute(f"UPDATE {Organisation._meta.db_table} SET is_armed = 0")  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise UnusableBackup("The database in this backup cannot be read.") from error
    finally:
        copy.close()


def _inside(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Files and folders alone, for us alone: no link, and no path that leads outside."""
    for member in tar:
        place = PurePosixPath(member.name)
        if not (member.isfile() or member.isdir()) or place.is_absolute() or ".." in place.parts:
            raise tarfile.TarError(member.name)
        member.mode = 0o700 if member.isdir() else 0o600
        member.uid, member.gid, member.uname, member.gname = os.getuid(), os.getgid(), "", ""
        yield member


def _unpack(path: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(path, "r:*") as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", None)  # from Python 3.11.4 on
            tar.extractall(folder, members=_inside(tar))  # noqa: S202 -- that is what it looks at
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    except (tarfile.TarError, OSError, ValueError, EOFError) as error:
        if is_disk_full(error):
            raise
        raise UnusableBackup(f"{path} is no backup made by Baton, or it is damaged.") from error
    if not {"baton", "engine", "made_at", "migrations", "rows"} <= manifest.keys():
        raise UnusableBackup(f"{path} is no backup made by Baton.")
    return manifest


def _refuse_newer(manifest: dict[str, Any]) -> None:
    """What a later version has written, this one would read wrongly."""
    known = set(MigrationLoader(None).disk_migrations)
    if {tuple(one) for one in manifest["migrations"]} - known:
        raise UnusableBackup(
            f"This backup was made by a newer Baton ({manifest['baton']}). Restore it with that."
        )


def _refuse_living_data() -> None:
    if _has_users():
        raise NotEmpty(
            "There are data here already. Restore into an empty data folder or database."
        )


def _has_users() -> bool:
    """Whoever has data has somebody who may see them."""
    return User._meta.db_table in connection.introspection.table_names() and User.objects.exists()


def _kept(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if entry.name in LEFT_OUT else entry


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data := text.encode())
    tar.addfile(entry, io.BytesIO(data))
