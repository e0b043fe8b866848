from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count

from baton.core.access.actions import edit_user, share
from baton.core.access.roles import Role
from baton.core.prepared import Fixed, Prepared, one_row
from baton.records.people.models import Person
from baton.records.people.permissions import DELETE_PEOPLE, EDIT_PEOPLE, VIEW_PEOPLE
from baton.records.people.tests.factories import AT, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def named(people):
    return [person.full_name for person in people]


@pytest.fixture
def made():
    """How often the querysets of these tests were built."""
    return []


@pytest.fixture
def called(made):
    def build(name):
        made.append(name)
        return Person.objects.filter(full_name=name).order_by("pk")

    return Prepared(build)


def test_question_is_built_once_and_answers_each_value(called, made):
    ann, bob = a_person(full_name="Ann"), a_person(full_name="Bob")

    found = [called.rows(name="Ann"), called.rows(name="Bob"), called.rows(name="Cy")]

    assert (found, len(made)) == ([[ann], [bob], []], 1)


def test_answer_is_read_anew_each_time(called):
    before = called.rows(name="Ann")
    a_person(full_name="Ann")

    assert (before, named(called.rows(name="Ann"))) == ([], ["Ann"])


def test_lists_of_any_length_and_none_at_all(monkeypatch):
    monkeypatch.setattr("baton.core.prepared.shapes.LONGEST", 4)
    people = [a_person(full_name=f"P{number}") for number in range(5)]
    among = Prepared(lambda ids: Person.objects.filter(pk__in=ids).order_by("pk"))

    found = [among.rows(ids=[one.pk for one in people[:length]]) for length in range(6)]

    assert found == [people[:length] for length in range(6)]


def test_what_is_fixed_stands_in_the_question(made):
    people = [a_person(full_name=f"P{number}") for number in range(3)]
    first = Prepared(lambda most: made.append(most) or Person.objects.order_by("pk")[:most])

    found = [first.rows(most=Fixed(most)) for most in (2, 1, 2)]

    assert (found, made) == ([people[:2], people[:1], people[:2]], [2, 1])


def test_moments_and_keys_are_sent_as_their_fields_send_them():
    ann = a_person(full_name="Ann")
    Person.objects.update(stage_at=AT)
    since = Prepared(lambda at, key: Person.objects.filter(stage_at__gte=at, key=key))

    found = [since.rows(at=at, key=ann.key) for at in (AT, AT + timedelta(seconds=1))]

    assert found == [[ann], []]


def test_nothing_and_a_value_are_two_questions():
    ann = a_person(full_name="Ann")
    owned = Prepared(lambda owner: Person.objects.filter(owner=owner))

    assert (owned.rows(owner=None), owned.rows(owner=ann.pk)) == ([ann], [])


def test_counts_and_plain_values():
    a_person(full_name="Ann")
    how_many = Prepared(
        lambda name: (
            one_row(Person.objects.filter(full_name=name))
            .annotate(n=Count("pk"))
            .values_list("n", flat=True)
        )
    )

    assert (how_many.rows(name="Ann"), how_many.rows(name="Bob")) == ([1], [0])


def test_value_that_is_changed_on_its_way_is_refused():
    """Else the first answer would be everybody's."""
    loud = Prepared(lambda name: Person.objects.filter(full_name=name.upper() + "!"))

    with pytest.raises(ValueError, match="“name” does not stand in the SQL"):
        loud.rows(name="Ann")


@pytest.mark.parametrize("permission", [VIEW_PEOPLE, EDIT_PEOPLE, DELETE_PEOPLE])
def test_each_role_reaches_what_it_reaches_otherwise(colleague, outsider, permission):
    """The rep's own, the colleague's, the outsider's, nobody's, and one that was shared."""
    reps = (colleague, outsider)
    for rep in reps:
        a_person(full_name=rep.name, owner=rep)
    a_person(full_name="Nobody's")
    shared = a_person(full_name="Shared", owner=outsider)
    reached = Prepared(lambda user: Person.objects.visible_to(user, permission).order_by("pk"))
    share(object_type="person", object_id=shared.pk, user=colleague, cause="by hand", at=AT)

    found = []
    for role in Role:
        for user in reps:
            edit_user(user=user, values={"role": role})
            user.refresh_from_db()
            user.reached_team_ids = None  # as in the next request
            meant = list(Person.objects.visible_to(user, permission).order_by("pk"))
            found.append((reached.rows(user=user), meant))

    assert [given for given, _meant in found] == [meant for _given, meant in found]
    assert len({len(meant) for _given, meant in found}) > 1


def test_connection_keeps_only_so_many_questions_and_those_that_are_asked(called, monkeypatch):
    monkeypatch.setattr("baton.core.prepared.MOST", 3)
    made = []

    def build(ids):
        made.append(len(ids))
        return Person.objects.filter(pk__in=ids)

    among = Prepared(build)
    connection.__dict__.pop("baton_prepared", None)

    for length in (1, 2, 4, 8, 16):
        among.rows(ids=list(range(length)))
        among.rows(ids=[1])

    assert len(connection.__dict__["baton_prepared"]) <= 3
    assert made.count(1) == made.count(16)  # made once: it is asked all the time


def test_rows_come_with_what_hangs_on_them_and_without_what_orders_them(colleague):
    """As Django's own reading: joined rows, notes, columns that were left out."""
    a_person(full_name="Ann", owner=colleague)
    a_person(full_name="Bob")
    rows = Person.objects.select_related("owner").annotate(n=Count("emails")).order_by("full_name")
    ours = Prepared(lambda least: rows.filter(pk__gte=least))
    numbers = Prepared(lambda least: rows.filter(pk__gte=least).values_list("n", flat=True))
    few = Prepared(lambda least: Person.objects.filter(pk__gte=least).only("full_name"))

    def told(people):
        held = [{**vars(one), "_state": None} for one in people]
        return (
            held,
            [one._state.fields_cache for one in people],
            [one._state.adding for one in people],
        )

    assert told(ours.rows(least=1)) == told(rows)
    assert numbers.rows(least=1) == list(rows.values_list("n", flat=True))
    assert "sort_key" in few.rows(least=1)[0].get_deferred_fields()


def test_rows_are_counted_and_not_brought(called):
    a_person(full_name="Ann")

    assert [called.count(name=name) for name in ("Ann", "Bob")] == [1, 0]
    assert Prepared(lambda ids: Person.objects.filter(pk__in=ids)[:1]).count(ids=[]) == 0
