"""What Django calls after a test whose transactions were real: only what was written goes.

Its own would truncate all tables with all their indexes, which takes PostgreSQL longer than most
tests, and write all permissions again.
"""

from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction

KEPT = {"django_content_type", "auth_permission"}  # written by migrations, and by nobody else


class Command(flush.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        tables = set(connection.introspection.django_table_names(include_views=False)) - KEPT
        names = [connection.ops.quote_name(table) for table in sorted(tables)]
        # Foreign keys are looked at when all is gone: in the end.
        with transaction.atomic(using=options["database"]), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(map(_said_if_written, names)))
            for (name,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 -- a table of ours


def _said_if_written(name: str) -> str:
    return f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})"  # noqa: S608 -- a table of ours
