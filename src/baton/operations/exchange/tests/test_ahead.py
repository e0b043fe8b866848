"""The next portion is made while the database writes: in order, without asking the database."""

from threading import Event, current_thread

import pytest
from django.db import connection

from baton.operations.exchange.actions import running
from baton.operations.exchange.actions.ahead import portions_ahead
from baton.operations.exchange.tests.test_once import contact
from baton.records.people.models import EmailAddress, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PATIENCE = 20  # seconds, which only a failing test takes


class Made:
    """Numbers that are noted as they are made, with the thread that made them."""

    def __init__(self, count):
        self.noted: list[tuple[int, str]] = []
        self.is_beyond = Event()
        self.numbers = map(self.note, range(count))

    def note(self, number):
        self.noted.append((number, current_thread().name))
        if number >= 2:
            self.is_beyond.set()
        return number


def test_what_follows_is_made_while_a_long_statement_runs():
    made, here = Made(5), current_thread().name

    def long(execute, sql, params, many, context):
        assert made.is_beyond.wait(PATIENCE)

    with portions_ahead(made.numbers, 2) as portions:
        assert next(portions) == [0, 1]
        connection.cursor().execute("SELECT 1")
        assert not made.is_beyond.is_set()  # a short one is not worth it
        with connection.execute_wrapper(long):
            connection.cursor().execute("INSERT INTO nowhere VALUES (1)")
        assert list(portions) == [[2, 3], [4]]

    by = dict(made.noted)
    assert list(by) == [0, 1, 2, 3, 4]
    assert [by[number] == here for number in by] == [True, True, False, False, False]


def test_whoever_ends_early_leaves_nobody_waiting():
    made = Made(9)

    with pytest.raises(KeyError):
        fail_after_one(made.numbers)

    assert len(made.noted) < 6


def fail_after_one(numbers):
    with portions_ahead(numbers, 2) as portions:
        next(portions)
        raise KeyError


def test_people_of_several_portions_come_in_as_of_one(run_known, write, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 2)
    twin = contact(9, Email="ann1@halden.example", **{"Phone Number": "+49 421 1000009"})
    file = write("contacts", *map(contact, range(5)), twin)

    data = run_known(file)

    assert data["objects"]["person"] == {"created": 5, "updated": 1, "unchanged": 0, "failed": 0}
    assert list(Person.objects.order_by("pk").values_list("first_name", flat=True)) == [
        f"Ann {number}" for number in range(5)
    ]
    assert EmailAddress.objects.count() == 5
    assert run_known(file)["objects"]["person"]["unchanged"] == 6
