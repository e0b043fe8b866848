"""Making an index in a migration, filling it anew, and whether it is as it should be."""

from collections.abc import Iterator
from typing import Any

from django.db import connection as default
from django.db import transaction
from django.db.migrations.operations.base import Operation

from baton.core.search import postgres, sqlite
from baton.core.search.indexes import Index


class KeepWords(Operation):
    """Make the index with its triggers and fill it; one that is there already is made anew."""

    reversible = True

    def __init__(self, index: Index) -> None:
        self.index = index

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.index], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Django does not know the table."""

    def database_forwards(self, app_label: str, editor: Any, *states: Any) -> None:
        for statement in (*_drop(self.index), *_create(self.index), _kind().fill(self.index)):
            editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, editor: Any, *states: Any) -> None:
        for statement in _drop(self.index):
            editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Keep the words of {self.index.record}"


def make_anew(index: Index) -> None:
    """Triggers and rows, as a migration would."""
    with transaction.atomic(), default.cursor() as cursor:
        for statement in (*_drop(index), *_create(index), _kind().fill(index)):
            cursor.execute(statement)


def lacks_triggers(index: Index) -> bool:
    """Also when one is another than it should be."""
    with default.cursor() as cursor:
        if default.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = dict(cursor.fetchall())
            return not sqlite.triggers(index).items() <= found.items()
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
        return not postgres.triggers(index).keys() <= {name for [name] in cursor.fetchall()}


def count_wrong(index: Index) -> int:
    """Records of which the index says something else than is true now; reads all of them."""
    with default.cursor() as cursor:
        cursor.execute(_kind().differing(index))
        return int(cursor.fetchone()[0])


def _kind() -> Any:
    return sqlite if default.vendor == "sqlite" else postgres


def _create(index: Index) -> Iterator[str]:
    if default.vendor != "sqlite":
        yield "SET LOCAL statement_timeout = 0"  # a million records take longer than a page may
        yield from postgres.functions()
        yield postgres.table(index)
        for name, body in postgres.functions_of(index).items():
            yield postgres.create_function(name, body)
    else:
        yield sqlite.table(index)
    yield from _kind().triggers(index).values()


def _drop(index: Index) -> Iterator[str]:
    yield from _kind().drop(index)
