"""How a schema changes on SQLite, where Django's way stumbles or takes minutes.

Many things of a table are changed by making it anew, and its triggers are dropped with the old one.
Those of other tables that name it stop the change: for a moment there is no such table.

After each migration Django looks at every reference of every row, also where nothing but an index
was made: in a house of a million people that takes minutes, each time.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

ADDING = re.compile(r"CREATE |DROP (INDEX|TRIGGER) |ALTER TABLE \S+ ADD COLUMN ")


class SchemaEditor(DatabaseSchemaEditor):
    def __enter__(self) -> "SchemaEditor":
        self._is_adding, self._begun_at = True, self._rows_written()
        super().__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        # That the migration is applied; where something is left to do it is written down after it.
        own = 0 if self.deferred_sql else 1
        if not self._is_adding or self._rows_written() - self._begun_at > own:
            return super().__exit__(*raised)
        super(DatabaseSchemaEditor, self).__exit__(*raised)
        self.connection.enable_constraint_checking()
        return None

    def execute(self, sql: Any, params: Any = ()) -> None:
        self._is_adding = self._is_adding and bool(ADDING.match(str(sql)))
        super().execute(sql, params)

    def _rows_written(self) -> int:
        self.connection.ensure_connection()
        return int(self.connection.connection.total_changes)

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
