"""An empty database gets its schema at once: the one to which all migrations lead."""

import copy

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.utils.functional import cached_property

from tests.migrated import kept_lines

BESIDE = {  # what Django's introspection does not tell
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index')",
    "postgresql": """
        SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT relname, array_to_string(reloptions, ' ') FROM pg_class WHERE reloptions IS NOT NULL
        UNION ALL
        SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    """,
}


def schema():
    """A line for each thing; not the order of columns, which nothing may ask for."""
    with connection.cursor() as cursor:
        lines = set()
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            held = connection.introspection.get_constraints(cursor, table)
            lines |= {f"{table}: {column}" for column in columns}
            lines |= {f"{table}: {_name(name)} {one}" for name, one in held.items()}
        cursor.execute(BESIDE[connection.vendor])
        lines |= {f"{name}: {said}" for name, said in cursor.fetchall()}
    applied = MigrationRecorder(connection).applied_migrations()
    return lines | {f"applied: {app}.{name}" for app, name in applied}


def _name(name):
    return "" if name.startswith(("__unnamed", "fk_")) else name  # introspection counts them


def test_empty_database_gets_the_schema_that_migrations_lead_to(make_house, monkeypatch):
    make_house("at-once", is_migrated=False)
    call_command("migrate", verbosity=0)
    at_once = schema()

    def one_by_one():
        """Half a minute; hence kept until a migration changes."""
        make_house("one-by-one", is_migrated=False)
        monkeypatch.setattr(Field, "clone", _copied)
        call_command(Migrate(), verbosity=0)
        return schema()

    assert kept_lines("one by one", one_by_one) ^ at_once == set()


def _copied(field, taken_apart=Field.clone):
    """Django takes each field apart and puts it together again, some 300,000 times, for a model
    that it draws up. One that stands in no model yet can be copied, but for what it has worked
    out; as the latest it comes behind the others."""
    if hasattr(field, "model"):
        return taken_apart(field)
    copied = copy.deepcopy(field)
    for one in filter(None, (copied, copied.remote_field)):
        for name in [*vars(one)]:
            if isinstance(getattr(type(one), name, None), cached_property):
                del vars(one)[name]
    copied.creation_counter = Field.creation_counter
    Field.creation_counter += 1
    return copied


def test_schema_that_dies_half_way_leaves_an_empty_database_to_begin_again(make_house, monkeypatch):
    make_house(is_migrated=False)
    with monkeypatch.context() as patch:
        patch.setattr(MigrationRecorder, "ensure_schema", _die)
        with pytest.raises(MemoryError):
            call_command("migrate", verbosity=0)
    assert connection.introspection.table_names() == []

    call_command("migrate", verbosity=0)

    assert not call_command("migrate", check_unapplied=True, verbosity=0)


def test_start_draws_up_models_only_where_there_is_something_to_apply(make_house, monkeypatch):
    make_house()
    monkeypatch.setattr(ProjectState, "apps", property(_die))

    call_command("migrate", verbosity=0)

    recorder = MigrationRecorder(connection)
    latest = max(name for app, name in recorder.applied_migrations() if app == "people")
    recorder.record_unapplied("people", latest)
    with pytest.raises(MemoryError):
        call_command("migrate", verbosity=0)


def _die(one):
    raise MemoryError
