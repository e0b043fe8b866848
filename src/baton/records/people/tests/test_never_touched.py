"""Whoever was never touched stands last, and nobody is sorted for that."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.ui.cursors import Ordering
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
NEWEST = Ordering(Person, "latest_touch_at", is_descending=True)


def touched(*days):
    """Their ids; None for whoever never was."""
    people = [a_person() for _ in days]
    for person, day in zip(people, days, strict=True):
        at = None if day is None else AT + timedelta(days=day)
        Person.objects.filter(pk=person.pk).update(latest_touch_at=at)
    return [person.pk for person in people]


def test_never_touched_stand_behind_the_touched():
    first, never, latest, nor = touched(1, None, 2, None)

    found = NEWEST.from_key(Person.objects.all(), None, most=3)
    every = NEWEST.from_key(Person.objects.all(), None, most=9)

    assert [one.pk for one in found] == [latest, first, nor]
    assert [one.pk for one in every] == [latest, first, nor, never]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="its indexes serve both at once")
def test_page_of_the_latest_touched_is_read_along_an_index():
    touched(1, None, 2)
    with CaptureQueriesContext(connection) as asked:
        NEWEST.window(Person.objects.filter(deleted_at=None), None, size=5)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        for one in list(asked):
            cursor.execute("EXPLAIN " + one["sql"])
            steps = " ".join(step for (step,) in cursor.fetchall())
            assert ("Index" in steps, "Sort" in steps) == (True, False)
    assert len(asked) == 2
