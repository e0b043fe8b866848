"""SQLite changes many things of a table by making it anew, and drops its triggers with the old one.

Those of other tables that name it stop the change: for a moment there is no such table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor


class SchemaEditor(DatabaseSchemaEditor):
    def _remake_table(self, *args: Any, **fields: Any) -> None:
        with self._triggers_aside():
            super()._remake_table(*args, **fields)  # type: ignore[misc] # the stubs lack it

    @contextmanager
    def _triggers_aside(self) -> Iterator[None]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _name, sql in triggers:
                cursor.execute(sql)
