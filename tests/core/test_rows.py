"""Rows of records are made as Django makes them, in fewer steps."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models.signals import post_init, pre_init  # noqa: TID251 -- to see that nobody listens

from baton.core.keys import KeyedModel
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(rep):
    return a_person(full_name="Ann Lund", company=a_company(name="Halden"), owner=rep)


def usual(person: Person) -> Person:
    names = [field.attname for field in Person._meta.concrete_fields]
    values = Person.objects.values_list(*names).get(pk=person.pk)
    made: Person = super(KeyedModel, Person).from_db("default", names, values)
    return made


def test_row_is_as_the_constructor_makes_it(person):
    read, made = Person.objects.get(pk=person.pk), usual(person)

    assert vars(read).keys() == vars(made).keys()
    assert {**vars(read), "_state": None} == {**vars(made), "_state": None}
    assert (read._state.adding, read._state.db) == (made._state.adding, made._state.db)
    assert read._state.fields_cache == {}
    assert read == person


def test_row_that_is_read_is_saved_deleted_and_read_anew(person, django_assert_num_queries):
    read = Person.objects.select_related("company", "owner").get(pk=person.pk)
    with django_assert_num_queries(0):
        assert (str(read.company), str(read.owner)) == ("Halden", "Teo")

    read.job_title = "Buyer"
    read.owner_id = None
    read.save(update_fields=["job_title", "owner"])

    assert read.owner is None
    again = Person.objects.get(pk=person.pk)
    assert (again.job_title, again.owner_id, again.company_id) == ("Buyer", None, read.company_id)


def test_what_was_not_read_is_asked_for_when_it_is_wanted(person, django_assert_num_queries):
    read = Person.objects.only("full_name").get(pk=person.pk)
    assert "sort_key" in read.get_deferred_fields()

    with django_assert_num_queries(1):
        assert read.sort_key == person.sort_key


def test_nobody_listens_to_rows_that_are_made():
    records = [one for one in apps.get_models() if issubclass(one, KeyedModel)]

    assert records
    for one in records:
        assert not pre_init.has_listeners(one)
        assert not post_init.has_listeners(one)
        assert one.__init__ is models.Model.__init__
