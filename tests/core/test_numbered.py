"""Rows by their ids, handed over as one text, on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.sqlite.numbered import gathered, text_of, with_text
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_rows_of_the_ids_are_found_and_no_others():
    one, other, third = a_person(), a_person(), a_person()

    found = Person.objects.filter(with_text(text_of([third.pk, one.pk, one.pk, 2**40])))

    assert set(found) == {one, third}
    assert set(Person.objects.exclude(with_text(text_of([one.pk, third.pk])))) == {other}


def test_no_ids_are_no_rows():
    a_person()

    assert not Person.objects.filter(with_text(text_of([]))).exists()


def test_two_thousand_ids_are_one_parameter():
    one = a_person()

    with CaptureQueriesContext(connection) as asked:
        assert list(Person.objects.filter(with_text(text_of(range(one.pk, one.pk + 2_000))))) == [
            one
        ]
    _sql, params = Person.objects.filter(with_text(text_of(range(2_000)))).query.sql_with_params()
    assert len(asked) == 1
    assert len(params) <= 2


def test_ids_are_counted_and_put_into_their_text_by_the_database():
    people = [a_person() for _number in range(3)]
    rows = Person.objects.order_by("pk").values("pk")

    with CaptureQueriesContext(connection) as asked:
        found = [gathered(some) for some in (rows[:9], rows[:2], rows.none())]

    assert len(asked) == 2  # of none nothing is asked
    assert [total for total, _text in found] == [3, 2, 0]
    assert found[0][1] == text_of(person.pk for person in people)
    assert set(Person.objects.filter(with_text(found[1][1]))) == set(people[:2])
    assert not Person.objects.filter(with_text(found[2][1])).exists()
    assert gathered(rows.filter(pk=-1)[:9]) == (0, text_of([]))
