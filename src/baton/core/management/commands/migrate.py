"""Migrations; an empty database gets at once the schema that all of them lead to.

Between two operations Django draws up anew every model that is related, which here is nearly all:
a minute for a new house, of which the database does nothing for most.
"""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.recorder import MigrationRecorder

SHAPES = (ModelOperation, FieldOperation, IndexOperation)
PARTIAL = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(Migrate):
    help = Migrate.help

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        is_whole = not any(options.get(name) for name in PARTIAL)
        if is_whole and _is_empty(connection):
            make_schema(connection)
        elif is_whole and not (options["verbosity"] or options["run_syncdb"] or _plan(connection)):
            return  # each start asks; Django would draw up all models twice, to do nothing
        super().handle(*args, **options)


def make_schema(connection: BaseDatabaseWrapper) -> None:
    """All tables as the last migration leaves them, and what migrations do beside that: all or
    nothing. Each then counts as applied.

    What may be left out when migrations are squashed (``elidable``) changes rows: here are none.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = executor.loader.project_state()
    with connection.schema_editor(atomic=True) as editor:
        for key in state.models:  # an app without migrations has others, which are synced
            model = state.apps.get_model(*key)
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration, _backwards in plan:
            for operation in migration.operations:
                if not isinstance(operation, SHAPES) and not operation.elidable:
                    operation.database_forwards(migration.app_label, editor, state, state)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=migration.app_label, name=migration.name)
            for migration, _backwards in plan
        )


def _plan(connection: BaseDatabaseWrapper) -> list[Any]:
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _is_empty(connection: BaseDatabaseWrapper) -> bool:
    connection.prepare_database()
    return not connection.introspection.table_names()
