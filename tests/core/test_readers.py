"""Rows of kept questions hold what Django's own converters make of them."""

import sys
from datetime import UTC, datetime
from subprocess import run
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Max
from django.db.models.fields.json import KT

from baton.core.access.models import User
from baton.core.prepared import Prepared
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
_PEOPLE = Prepared(lambda ids: Person.objects.filter(pk__in=ids).select_related("owner"))
_ADDED = Prepared(
    lambda ids: Person.objects.filter(pk__in=ids).values_list(
        "key", "created_at", "custom", "custom__size", KT("custom__size"), Max("created_at")
    )
)


def written(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


@pytest.mark.django_db
def test_kept_rows_are_those_of_django(rep):
    whole = a_person(owner=rep, custom={"size": 3, "parts": ["a", None]})
    bare = a_person()
    Person.objects.filter(pk=whole.pk).update(latest_touch_at=AT)
    rows = Person.objects.filter(pk__in=[whole.pk, bare.pk]).select_related("owner")

    kept = {row.pk: row for row in _PEOPLE.rows(ids=[whole.pk, bare.pk])}

    assert {pk: written(row) for pk, row in kept.items()} == {row.pk: written(row) for row in rows}
    assert written(kept[whole.pk].owner) == written(User.objects.get(pk=rep.pk))
    assert (kept[whole.pk].latest_touch_at, kept[bare.pk].latest_touch_at) == (AT, None)
    assert type(kept[bare.pk].key) is UUID


@pytest.mark.django_db
def test_what_is_worked_out_is_read_as_django_reads_it():
    people = [a_person(custom={"size": 3}), a_person()]
    ids = [one.pk for one in people]
    rows = Person.objects.filter(pk__in=ids).values_list(
        "key", "created_at", "custom", "custom__size", KT("custom__size"), Max("created_at")
    )

    assert sorted(_ADDED.rows(ids=ids)) == sorted(rows)


@pytest.mark.django_db
def test_each_row_has_fields_of_its_own_to_write_into():
    ids = [a_person().pk, a_person().pk]

    first, second = _PEOPLE.rows(ids=ids)
    first.custom["size"] = 3

    assert (second.custom, [row.custom for row in _PEOPLE.rows(ids=ids)]) == ({}, [{}, {}])


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has moments")
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02 09:30:15.123456", datetime.fromisoformat("2026-03-02T09:30:15.123456")),
        ("2026-3-2 9:30", datetime.fromisoformat("2026-03-02T09:30")),
        ("soon", None),
    ],
)
def test_moments_are_read_in_each_way_that_they_are_written(text, moment):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE told (at datetime)")
        cursor.execute("INSERT INTO told VALUES (%s)", [text])
        cursor.execute("SELECT at FROM told")
        assert cursor.fetchone() == (moment,)
        cursor.execute("DROP TABLE told")


def test_readers_are_there_before_any_database_was_opened():
    """As on PostgreSQL, where nobody else has asked for what SQLite brings."""
    done = run(
        [sys.executable, "-c", "import baton.core.readers"], check=False, capture_output=True
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
