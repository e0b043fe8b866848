"""Answers over many facts are kept while nothing is written, and told to nobody else."""

from array import array
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Semaphore
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baton.core.access.models import User
from baton.core.changes.models import Change
from baton.core.errors import TookTooLong
from baton.core.facts.models import Cursor, FactRecord
from baton.insight.lake import actions
from baton.insight.lake.queries import kept
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db(transaction=True)
VISITS = "SELECT person_id, COUNT(*) AS visits FROM facts GROUP BY person_id ORDER BY person_id"
BEFORE = "SELECT COUNT(*) AS visits FROM facts WHERE happened_at < :until"
PEOPLE = "SELECT id FROM people ORDER BY id"


@pytest.fixture(autouse=True)
def keeps_few(company, monkeypatch):
    """As if what is sealed here were many."""
    monkeypatch.setattr(kept, "MANY", 1)
    kept.keeper.forget()
    yield
    kept.keeper.forget()


@pytest.fixture
def sealed(told):
    told(4)
    actions.seal("facts", at=timezone.now())
    return told


@pytest.fixture
def packs(ask):
    """Whether the database is asked for rows of the statement."""

    def is_read(sql, **how):
        with CaptureQueriesContext(connection) as asked:
            ask(sql, **how)
        return any("json_" in one["sql"] for one in asked.captured_queries)

    return is_read


def test_the_second_time_nothing_is_read(sealed, ask, packs):
    first = ask(VISITS)

    assert not packs(VISITS)
    assert ask(VISITS) == first == [{"person_id": 1, "visits": 4}]


def test_who_changes_rows_of_an_answer_changes_no_kept_one(sealed, ask):
    ask(VISITS)[0]["visits"] = 99
    ask(VISITS)[0]["visits"] = 98

    assert ask(VISITS)[0]["visits"] == 4


def test_a_fact_makes_it_old(sealed, ask):
    ask(VISITS)

    sealed(2)

    assert ask(VISITS) == [{"person_id": 1, "visits": 6}]


def test_a_change_makes_it_old(sealed, ask, packs):
    ask(PEOPLE)

    person = a_person()
    Change.objects.create(
        object_type="person", object_id=person.pk, verb="created", at=timezone.now()
    )

    assert ask(PEOPLE) == [{"id": person.pk}]


def test_what_a_subscriber_does_after_a_fact_makes_it_old(sealed, ask):
    """A rate is one fact; deals and costs follow it a moment later, without a word."""
    told = FactRecord.objects.filter(name="visit.made").latest("pk")
    cursor = Cursor.objects.create(name="people follow")
    person = a_person()
    Change.objects.all().delete()
    before = ask("SELECT channel FROM people")

    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(channel="referral")
        Cursor.objects.filter(pk=cursor.pk).update(position=told.pk)

    assert before == [{"channel": ""}]
    assert ask("SELECT channel FROM people") == [{"channel": "referral"}]


def test_who_is_erased_is_forgotten(sealed, ask):
    """The log says nothing of it: it is the files that were made anew."""
    ask(VISITS)

    FactRecord.objects.filter(person_id=1).update(person_id=None)
    actions.erase_people(person_ids=[1], at=timezone.now())

    assert ask(VISITS) == [{"person_id": None, "visits": 4}]


def test_what_nothing_tells_of_is_read_after_a_while(sealed, ask, monkeypatch):
    ask(PEOPLE)
    person = a_person()
    Change.objects.all().delete()

    monkeypatch.setattr(kept, "LONGEST", 0)

    assert ask(PEOPLE) == [{"id": person.pk}]


def test_another_question_has_another_answer(sealed, ask):
    now = timezone.now()

    assert ask(BEFORE, until=now + timedelta(days=999)) == [{"visits": 4}]
    assert ask(BEFORE, until=now - timedelta(days=9999)) == [{"visits": 0}]


def test_whoever_sees_only_some_is_answered_anew(sealed, packs):
    rep = User.objects.create(email="teo@fennmark.example", name="Teo", role="rep")
    packs(PEOPLE, user=rep)

    assert packs(PEOPLE, user=rep)


def test_inside_of_a_transaction_nothing_is_kept(sealed, ask):
    with transaction.atomic():
        a_person()
        assert len(ask(PEOPLE)) == 1
        transaction.set_rollback(True)

    assert not Person.objects.exists()
    assert ask(PEOPLE) == []


def test_few_are_read_each_time(sealed, packs, monkeypatch):
    monkeypatch.setattr(kept, "MANY", 5)
    packs(VISITS)

    assert packs(VISITS)


def test_the_longest_unused_goes_first(sealed, ask, packs, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    now = timezone.now()
    ask(BEFORE, until=now)

    ask(BEFORE, until=now - timedelta(days=1))

    assert not packs(BEFORE, until=now - timedelta(days=1))
    assert packs(BEFORE, until=now)


def test_ids_are_packed_and_all_else_stays_what_it_is():
    rows: list[kept.Row] = [
        {"id": 1, "what": None, "is_it": True},
        {"id": 2, "what": "a", "is_it": False},
    ]

    found = kept.packed(rows)

    assert found.rows() == rows
    assert [type(row["is_it"]) for row in found.rows()] == [bool, bool]
    assert isinstance(found.columns[0], array)
    assert kept.packed([]).rows() == []


def test_what_is_counted_of_the_records_is_kept_as_long(sealed):
    read = []

    def count():
        read.append(1)
        return [[{"n": len(read)}]]

    assert [kept.kept_answers(("leads",), count) for _ in range(2)] == [[[{"n": 1}]]] * 2
    sealed(2)
    assert kept.kept_answers(("leads",), count) == [[{"n": 2}]]


class Asked(dict[Any, Any]):
    """Notes who looks whether it is read already."""

    def __init__(self):
        self.looks = Semaphore(0)

    def get(self, key, default=None):
        self.looks.release()
        return super().get(key, default)


@pytest.mark.parametrize("gives_up", [False, True])
def test_what_many_ask_at_once_is_read_once(gives_up, monkeypatch):
    """Whoever comes while it is read waits for it, and hears of it where it was given up."""
    monkeypatch.setattr(kept, "as_written", lambda: 1)
    keeper, asked, times = kept.Keeper(), Asked(), []
    keeper.read_now = asked

    def read():
        times.append(1)
        assert all(asked.looks.acquire(timeout=30) for _ in range(6))
        if gives_up:
            raise TookTooLong("Too long.")
        return [[{"id": 7}]]

    def ask_once(_number):
        try:
            return keeper.answers("all", read)
        except TookTooLong as no:
            return str(no)

    with ThreadPoolExecutor(6) as threads:
        heard = list(threads.map(ask_once, range(6)))

    assert heard == ["Too long." if gives_up else [[{"id": 7}]]] * 6
    assert (len(times), keeper.read_now) == (1, {})


def test_answer_that_cannot_be_kept_says_why(monkeypatch):
    monkeypatch.setattr(kept, "as_written", lambda: 1)
    keeper = kept.Keeper()

    def no_room(*_answer):
        raise MemoryError

    monkeypatch.setattr(keeper, "_keep", no_room)
    with pytest.raises(MemoryError):
        keeper.answers("all", lambda: [[{"id": 7}]])

    assert keeper.read_now == {}
