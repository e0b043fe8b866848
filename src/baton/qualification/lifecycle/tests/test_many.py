import pytest

from baton.core.facts import Origin, origin, retract
from baton.core.facts.care import replay
from baton.core.facts.models import FactRecord
from baton.core.keys import new_key
from baton.qualification.lifecycle import actions
from baton.qualification.lifecycle.actions import NewMove
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.lifecycle.tests.factories import DAY, history, move, shown
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
SUBSCRIBER = "baton.qualification.lifecycle.subscribers.make_leads"


def test_many_are_moved_at_once_and_shown_at_the_furthest():
    people = [a_person() for _ in range(3)]
    moves = [
        NewMove(person_id=person.pk, to_stage=stage, at=AT + day * DAY)
        for person in people
        for day, stage in ((4, "customer"), (0, "lead"), (2, "mql"))
    ]

    count = actions.move_people(moves=moves)

    assert count == 9
    assert {shown(person) for person in people} == {("customer", 4, 0)}
    assert history(people[0]) == [("", "lead", 0), ("lead", "mql", 2), ("mql", "customer", 4)]


def test_the_same_import_again_changes_nothing():
    person = a_person()
    moves = [NewMove(person_id=person.pk, to_stage=stage, at=AT) for stage in ("lead", "mql")]
    actions.move_people(moves=moves)
    before = list(StageChange.objects.values())

    count = actions.move_people(moves=moves)

    assert count == 0
    assert list(StageChange.objects.values()) == before
    assert FactRecord.objects.filter(name="lifecycle.changed").count() == 1


@pytest.mark.parametrize("count", [2, 20])
def test_many_cost_what_a_few_cost(count, django_assert_num_queries):
    people = [a_person() for _ in range(count)]
    moves = [
        NewMove(person_id=person.pk, to_stage=stage, at=AT)
        for person in people
        for stage in ("lead", "mql")
    ]

    with django_assert_num_queries(5):
        actions.move_people(moves=moves)


def test_an_undone_import_takes_its_moves_along(run_background):
    person, batch = a_person(), new_key()
    run_background()
    with origin(Origin.IMPORT, batch=batch):
        move(person, "customer", day=1)

    retract(batch=batch, at=AT + 2 * DAY)
    run_background()

    assert history(person) == [("", "lead", 0)]
    assert shown(person) == ("lead", 0, 0)


def test_imported_people_become_leads_of_the_import(run_background):
    batch = new_key()
    with origin(Origin.IMPORT, batch=batch):
        people = [a_person(at=AT - 900 * DAY) for _ in range(3)]

    run_background()

    assert set(StageChange.objects.values_list("batch", flat=True)) == {batch}
    assert {shown(person)[2] for person in people} == {-900}


def test_moves_of_an_import_are_told_as_its_own(run_background):
    person, batch = a_person(), new_key()

    with origin(Origin.IMPORT, batch=batch):
        move(person, "mql", day=1)

    fact = FactRecord.objects.get(name="lifecycle.changed")
    assert (fact.origin, fact.batch) == ("import", batch)
    assert StageChange.objects.get().batch == batch


def test_a_subscriber_who_becomes_known_with_others_is_told_as_imported(run_background):
    batch = new_key()
    with origin(Origin.IMPORT, batch=batch):
        person, _other = a_person(), a_person()
    move(person, "subscriber", day=-1)

    run_background()

    fact = FactRecord.objects.get(name="lifecycle.changed", payload__to_stage="lead")
    assert (fact.origin, fact.batch, fact.person_id) == ("import", batch, person.pk)


def test_a_subscriber_who_becomes_known_is_told_with_the_cause(run_background):
    person = a_person()
    move(person, "subscriber", day=-1)

    run_background()

    fact = FactRecord.objects.get(name="lifecycle.changed", payload__to_stage="lead")
    assert fact.caused_by
    assert fact.caused_by.name == "person.created"


def test_a_replay_moves_nobody_twice(run_background):
    people = [a_person() for _ in range(3)]
    run_background()
    before = list(StageChange.objects.values())

    replay(SUBSCRIBER)
    run_background()

    assert list(StageChange.objects.values()) == before
    assert Person.objects.filter(stage="lead").count() == len(people)
