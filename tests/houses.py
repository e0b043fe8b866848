"""An installation of its own inside the process of the tests: a data folder, a database, and the
``baton`` command without a new Python for each call."""

import sys
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections

from baton.config.cli import main

_number = count(1)


@contextmanager
def own_database(folder, *, is_migrated=True):
    """The default connection leads to a new database of the engine that the tests run on."""
    usual = connections["default"]
    make = _new_file if usual.vendor == "sqlite" else _new_postgres
    with make(usual, folder, is_migrated) as name:
        own = type(usual)(usual.settings_dict | {"NAME": str(name)}, "default")
        connections["default"] = own
        try:
            if is_migrated and "django_migrations" not in own.introspection.table_names():
                call_command("migrate", verbosity=0)  # no test of this run has a database
            yield own
        finally:
            own.close()
            connections["default"] = usual


@contextmanager
def _new_file(usual, folder, is_migrated):
    path = folder / "baton.sqlite3"
    if is_migrated:  # a copy of the tests' own, which nobody has written to
        with usual.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    yield path


@contextmanager
def _new_postgres(usual, folder, is_migrated):
    tests = usual.settings_dict["NAME"]
    name = f"{tests}_house{next(_number)}"
    usual.close()  # a template must be left alone
    with usual._nodb_cursor() as cursor:
        template = f'"{tests}"' if is_migrated else "template0"
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}')
    try:
        yield name
    finally:
        with usual._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class House:
    """``house("init", "--admin", ...)``: all that was printed; the exit code must be ``code``."""

    def __init__(self, home: Path, capsys: Any, monkeypatch: Any):
        self.home, self.capsys, self.monkeypatch = home, capsys, monkeypatch

    def __call__(self, *words, code=0):
        self.capsys.readouterr()
        self.monkeypatch.setattr(sys, "argv", ["baton", *map(str, words)])
        try:
            main()
            ended = None
        except SystemExit as end:
            ended = end.code
        out, err = self.capsys.readouterr()
        assert (ended or 0) == code, out + err
        return out + err
