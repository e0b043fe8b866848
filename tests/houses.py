"""An installation of its own inside the process of the tests: a data folder, a database, and the
``baton`` command without a new Python for each call."""

import os
import shutil
import sys
from abc import ABC, abstractmethod
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from baton.config.cli import run

_number = count(1)


class Databases(ABC):
    """New ones of the engine that the tests run on; migrated ones are copies of one template."""

    def __init__(self, folder: Path):
        self.folder, self.usual = folder, connections["default"]
        if "django_migrations" in self.usual.introspection.table_names():
            self.template = self._copy(folder, self.usual.settings_dict["NAME"])
        else:  # no test of this run has a database
            self.template = self._empty(folder)
            with self.used(self.template):
                call_command("migrate", run_syncdb=True, verbosity=0)

    def new(self, folder: Path, *, is_migrated: bool) -> str:
        return self._copy(folder, self.template) if is_migrated else self._empty(folder)

    @contextmanager
    def used(self, name):
        """The default connection leads there."""
        before = connections["default"]
        own = type(self.usual)(self.usual.settings_dict | {"NAME": name}, "default")
        connections["default"] = own
        try:
            yield own
        finally:
            own.close()
            connections["default"] = before

    @abstractmethod
    def drop(self, name: str) -> None:
        """Nobody needs it any more."""

    @abstractmethod
    def _empty(self, folder: Path) -> str: ...

    @abstractmethod
    def _copy(self, folder: Path, source: str) -> str: ...


class Files(Databases):
    def drop(self, name):
        pass  # it goes with its folder

    def _empty(self, folder):
        return str(folder / "baton.sqlite3")

    def _copy(self, folder, source):
        name = self._empty(folder)
        if Path(source).exists():
            shutil.copyfile(source, name)
        else:  # the tests' own lies in memory
            with self.usual.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [name])
        return name


class Servers(Databases):
    def _empty(self, folder):
        return self._copy(folder, "template0")

    def _copy(self, folder, source):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")  # not in the name without django_db
        name = f"{self.usual.settings_dict['NAME']}_{worker}_house{next(_number)}"
        self.usual.close()  # a template must be left alone
        with self.usual._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return name

    def drop(self, name):
        with self.usual._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def databases(folder: Path) -> Databases:
    return (Files if connections["default"].vendor == "sqlite" else Servers)(folder)


class House:
    """``house("init", "--admin", ...)``: all that was printed; the exit code must be ``code``."""

    def __init__(self, home: Path, capsys: Any, monkeypatch: Any):
        self.home, self.capsys, self.monkeypatch = home, capsys, monkeypatch

    def __call__(self, *words, code=0):
        self.capsys.readouterr()
        self.monkeypatch.setattr(sys, "argv", ["baton", *map(str, words)])
        try:
            run()
            ended = None
        except SystemExit as end:
            ended = end.code
        out, err = self.capsys.readouterr()
        assert (ended or 0) == code, out + err
        return out + err
