"""PostgreSQL's tables out of one snapshot and into an empty database, by COPY."""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from baton.core.errors import RuleViolation
from baton.core.settings.models import Organisation


def save(folder: Path) -> dict[str, int]:
    """Each table as ``database.<table>.copy``; returns rows by table."""
    counts = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        for table in _tables():
            columns = ", ".join(f'"{name}"' for name in _columns(table))
            with (folder / f"database.{table}.copy").open("wb") as file:
                copy = cursor.copy(f'COPY "{table}" ({columns}) TO STDOUT')
                with copy as chunks:
                    for chunk in chunks:
                        file.write(chunk)
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 -- our own tables
            counts[table] = int(cursor.fetchone()[0])
    return counts


class AlreadyMigrated(RuleViolation):
    """The tables are newer than the rows that shall go into them."""


def columns_of(tables: Iterable[str]) -> dict[str, list[str]]:
    """In the order in which ``save`` writes them: another database may have another."""
    return {table: _columns(table) for table in tables}


def load(folder: Path, *, rows: dict[str, int], columns: dict[str, list[str]]) -> None:
    """In one transaction; foreign keys are checked at its end.

    Nobody sees the rows before the copy is disarmed. Backups from before ``columns`` was written
    have the order that the migrations give, as the tables here then do.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        names = ", ".join(f'"{table}"' for table in rows)
        cursor.execute(f"TRUNCATE {names}")
        for table in rows:
            file = folder / f"database.{table}.copy"
            names = ", ".join(f'"{name}"' for name in columns.get(table) or _columns(table))
            with (
                cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
                file.open("rb") as data,
            ):
                while chunk := data.read(1 << 20):
                    copy.write(chunk)
        for statement in _sequence_resets(set(rows)):
            cursor.execute(statement)
        cursor.execute(f'UPDATE "{Organisation._meta.db_table}" SET is_armed = false')  # noqa: S608


def make_tables(migrations: list[list[str]]) -> None:
    """As old as the backup: rows of an older version do not fit into today's columns.

    Raises AlreadyMigrated.
    """
    executor = MigrationExecutor(connection)
    wanted = {(app, name) for app, name in migrations}
    if set(executor.loader.applied_migrations) - wanted:
        raise AlreadyMigrated(
            "This database has tables of a newer Baton than the backup. Restore into an empty one."
        )
    nodes = executor.loader.graph.node_map
    latest = [  # of each app: Django would walk back to earlier ones
        key
        for key in sorted(wanted & set(nodes))
        if not any(after.key in wanted and after.key[0] == key[0] for after in nodes[key].children)
    ]
    executor.migrate(latest)


def _tables() -> list[str]:
    """What our apps keep; migration history is made anew by the restore."""
    return sorted(
        {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
        }
    )


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in description]


def _sequence_resets(tables: set[str]) -> list[str]:
    with connection.cursor() as cursor:
        found = []
        for table in sorted(tables):
            for sequence in connection.introspection.get_sequences(cursor, table):
                column = sequence["column"]
                found.append(
                    f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "  # noqa: S608
                    f'coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"'
                )
    return found
