from datetime import date, timedelta

import pytest

from baton.qualification.lifecycle import queries
from baton.qualification.lifecycle.rules import Stage
from baton.qualification.lifecycle.tests.factories import move
from baton.records.people.actions import trash_people
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stood(counts):
    return {stage.value: count for stage, count in counts.items() if count}


@pytest.fixture
def three(rep, outsider):
    """Two went to MQL on day 2, one of them came back on day 5; a third stayed a lead."""
    people = [a_person(owner=rep), a_person(owner=rep), a_person(owner=outsider)]
    for person in people:
        move(person, "lead")
    move(people[0], "mql", day=2)
    move(people[1], "mql", day=2)
    move(people[1], "lead", day=5, is_back=True)
    return people


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (-1, {}),
        (0, {"lead": 3}),
        (1, {"lead": 3}),
        (2, {"lead": 1, "mql": 2}),
        (4, {"lead": 1, "mql": 2}),
        (5, {"lead": 2, "mql": 1}),
        (90, {"lead": 2, "mql": 1}),
    ],
)
def test_each_day_knows_how_many_stood_where(day, expected, three, company):
    on = (AT + timedelta(days=day)).date()

    assert stood(queries.stages_on(on)) == expected


def test_every_stage_is_counted(three):
    assert set(queries.stages_at(AT)) == set(Stage)


def test_a_day_ends_at_midnight_of_the_organisation(company):
    person = a_person()
    move(person, "lead", at=AT.replace(hour=23, minute=30))  # 0:30 of the next day in Berlin

    assert stood(queries.stages_on(date(2026, 3, 2))) == {}
    assert stood(queries.stages_on(date(2026, 3, 3))) == {"lead": 1}


def test_a_move_that_was_overtaken_counts_for_nothing():
    person = a_person()
    move(person, "lead", day=5)
    move(person, "mql", day=1)

    assert stood(queries.stages_at(AT + timedelta(days=9))) == {"mql": 1}


def test_moves_of_one_instant_count_once():
    person = a_person()
    move(person, "mql")
    move(person, "lead")

    assert stood(queries.stages_at(AT)) == {"mql": 1}


def test_only_people_whom_one_sees_are_counted(three, rep):
    seen = Person.objects.visible_to(rep)

    assert stood(queries.stages_at(AT + timedelta(days=3), people=seen)) == {"mql": 2}


def test_people_in_the_trash_are_not_counted(three, rep):
    trash_people(people_ids=[three[0].pk], by=rep, at=AT)

    assert stood(queries.stages_at(AT + timedelta(days=3))) == {"lead": 1, "mql": 1}


def test_the_count_costs_one_query(three, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.stages_at(AT)
