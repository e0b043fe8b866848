"""Each index is written with each row: one that begins as another does is never worth that."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("baton.") and model._meta.managed
]
OWNER = "owner_id"


def indexes_of(model):
    """Their columns by their names; not those over some of the rows, which replace no other."""
    meta = model._meta
    some = {one.name for one in (*meta.indexes, *meta.constraints) if getattr(one, "condition", 0)}
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, meta.db_table)
    return {
        name: tuple(one["columns"])
        for name, one in held.items()
        if (one["index"] or one["unique"]) and one.get("type", "idx") == "idx"
        if name not in some and not name.endswith("_like") and all(one["columns"] or [None])
    }


@pytest.mark.django_db
@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_index_repeats_the_beginning_of_another(model):
    found = indexes_of(model)

    repeated = {
        name: other
        for name, columns in found.items()
        for other, longer in found.items()
        if other != name and longer[: len(columns)] == columns
        if columns != longer or name < other
    }
    assert repeated == {}


def test_migration_drops_the_index_alone_and_can_be_taken_back(make_house):
    """Half a second and more: all that was before it is drawn up."""
    make_house()
    executor = MigrationExecutor(connection)
    people = [name for app, name in executor.loader.graph.nodes if app == "people"]
    latest = max(name for name in people if "no_repeated_index" in name)
    migration = executor.loader.get_migration("people", latest)
    before = executor.loader.project_state(("people", latest), at_end=False)

    executor.unapply_migration(before, migration)
    assert [OWNER] in single_columns("people_person")
    with CaptureQueriesContext(connection) as asked:
        executor.apply_migration(before, migration)

    assert [OWNER] not in single_columns("people_person")
    assert [one["sql"] for one in asked if "CREATE TABLE" in one["sql"]] == []


def single_columns(table):
    with connection.cursor() as cursor:
        held = connection.introspection.get_constraints(cursor, table)
    return [one["columns"] for one in held.values() if one["index"] and len(one["columns"]) == 1]
