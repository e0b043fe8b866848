"""The wait for SQLite's one write lock. A file of its own: the tests' database is in memory."""

from contextlib import closing
from threading import Thread
from time import sleep

import pytest
from django.db import OperationalError, models
from django.db import connection as current
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext, isolate_apps

from baton.config.database import database
from baton.core.sqlite.base import FOR_BULK, room_for_bulk
from baton.core.tasks import weigh_tables

pytestmark = pytest.mark.django_db  # pytest-django guards every connection


@pytest.fixture
def connect(tmp_path):
    opened = []

    def connect(wait):
        described = database(f"sqlite:///{tmp_path}/wait.sqlite3", wait=wait)
        connection = ConnectionHandler({"default": described})["default"]
        connection.inc_thread_sharing()
        opened.append(connection)
        return connection

    with closing(connect(1).cursor()) as cursor:
        cursor.execute("CREATE TABLE note (text)")
    yield connect
    for connection in opened:
        connection.close()


def write(connection):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES ('x')")


def test_statement_waits_until_the_lock_is_free(connect):
    holder, waiter = connect(1), connect(30)
    begin(holder)
    write(holder)
    thread = Thread(target=write, args=[waiter])

    thread.start()
    sleep(0.05)  # so that it meets the lock
    was_waiting = thread.is_alive()
    holder.commit()
    thread.join(30)

    with waiter.cursor() as cursor:
        assert (was_waiting, cursor.execute("SELECT count(*) FROM note").fetchone()) == (True, (2,))


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("ask", [write, begin])
def test_asker_gives_up_after_the_connections_own_wait(connect, ask):
    """``BEGIN IMMEDIATE`` is where a transaction waits."""
    holder, asker = connect(1), connect(0.02)
    begin(holder)

    with pytest.raises(OperationalError, match="locked"):
        ask(asker)

    holder.rollback()


@pytest.mark.skipif(current.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_planner_is_told_how_large_tables_are(company):
    weigh_tables.call()

    with current.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'settings_organisation'")
        assert cursor.fetchone()[0] > 0


@pytest.mark.skipif(current.vendor != "sqlite", reason="PostgreSQL counts by itself")
def test_each_table_is_as_large_by_one_index_as_by_another():
    """Samples guess it differently, and the planner took the seemingly shorter way."""
    some = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
    with current.cursor() as cursor:
        cursor.execute("CREATE TABLE heap (id INTEGER PRIMARY KEY, own, shared, part)")
        for index in ("own ON heap (own)", "shared ON heap (shared, id)"):
            cursor.execute(f"CREATE INDEX heap_by_{index}")
        cursor.execute("CREATE INDEX heap_by_part ON heap (part) WHERE part IS NOT NULL")
        cursor.execute(
            f"INSERT INTO heap (own, shared, part) {some} "  # noqa: S608 -- the test's own
            "SELECT i * 7919 % 9001, i * i % 31 / 9, CASE WHEN i < 50 THEN i END FROM n"
        )
        weigh_tables.call()

        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'heap'")
        said = {index: weights.split(" ") for index, weights in cursor.fetchall()}
    assert said["heap_by_own"] == ["9000", "1"]
    assert said["heap_by_shared"][0] == "9000"
    assert int(said["heap_by_shared"][1]) > 100
    assert int(said["heap_by_part"][0]) < 100


def _lived():
    class Lived(models.Model):
        name = models.CharField(max_length=9)

        class Meta:
            app_label, db_table = "lab", "lived"

    return Lived


@isolate_apps("tests.lab")
def test_references_are_looked_at_after_a_change_that_may_have_broken_one(connect):
    """Not after one that only adds: of a large house it takes minutes."""
    connection, lived = connect(1), _lived()
    longer = models.CharField(max_length=99, null=True)
    longer.set_attributes_from_name("name")
    name = lived._meta.get_field("name")
    changes = [
        ("create_model", lived),
        ("add_index", lived, models.Index(fields=["name"], name="lived_name")),
        ("remove_index", lived, models.Index(fields=["name"], name="lived_name")),
        ("alter_field", lived, name, longer),
        ("execute", "INSERT INTO lived (name) VALUES ('one'), ('two')"),
    ]

    looked = [_is_looked_after(connection, *change) for change in changes]

    assert looked == [False, False, False, True, True]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)


def _is_looked_after(connection, act, *of):
    with CaptureQueriesContext(connection) as asked, connection.schema_editor() as editor:
        getattr(editor, act)(*of)
    return any("foreign_key_check" in one["sql"] for one in asked.captured_queries)


@isolate_apps("tests.lab")
@pytest.mark.parametrize(
    ("rows", "left_to_do"),
    [
        (2, []),
        (1, ["CREATE INDEX lived_name ON lived (name)"]),  # none is the migration's record
    ],
)
def test_rows_that_a_migration_writes_beside_its_changes_are_looked_at(connect, rows, left_to_do):
    connection, lived = connect(1), _lived()

    with CaptureQueriesContext(connection) as asked, connection.schema_editor() as editor:
        editor.create_model(lived)
        editor.deferred_sql += left_to_do
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO lived (name) VALUES (%s)", [("one",)] * rows)

    assert any("foreign_key_check" in one["sql"] for one in asked.captured_queries)


@isolate_apps("tests.lab")
def test_triggers_outlive_a_table_that_is_made_anew(connect):
    """Also those of another table that write into it."""

    connection, lived = connect(1), _lived()
    longer = models.CharField(max_length=99, null=True)
    longer.set_attributes_from_name("name")
    with connection.cursor() as cursor:
        with connection.schema_editor() as editor:
            editor.create_model(lived)
        told = "INSERT INTO lived (name) VALUES ('told')"
        for table in ("lived", "note"):
            event = f"AFTER DELETE ON {table} BEGIN {told}; END"
            cursor.execute(f"CREATE TRIGGER told_{table} {event}")

        with connection.schema_editor() as editor:
            editor.alter_field(lived, lived._meta.get_field("name"), longer)
        cursor.execute("INSERT INTO note VALUES ('x')")
        cursor.execute("DELETE FROM note")
        cursor.execute("DELETE FROM lived")

        assert cursor.execute("SELECT name FROM lived").fetchall() == [("told",)]


def test_marks_and_per_cents_are_written_as_sqlite_has_them():
    with current.cursor() as cursor:
        cursor.execute("SELECT %s, 7 %% 4", ["%s"])
        assert cursor.fetchone() == ("%s", 3)


def test_room_for_bulk_is_given_back(connect):
    connection = connect(1)
    former = room_of(connection)

    with room_for_bulk(connection):
        roomy = room_of(connection)
    with pytest.raises(ZeroDivisionError), room_for_bulk(connection):
        raise ZeroDivisionError

    assert (roomy, room_of(connection)) == (FOR_BULK, former)


def test_room_for_bulk_is_given_back_where_a_transaction_broke(connect):
    connection = connect(1)
    former = room_of(connection)

    def work():
        with room_for_bulk(connection):
            connection.needs_rollback = True
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    connection.needs_rollback = False
    assert room_of(connection) == former


def test_room_for_bulk_of_a_connection_that_went_is_no_matter(connect):
    connection = connect(1)
    former = room_of(connection)

    with room_for_bulk(connection):
        connection.close()

    assert room_of(connection) == former


def room_of(connection):
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in FOR_BULK}
