from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from baton.core.facts import publish_many, retract
from baton.core.keys import new_key
from baton.insight.lake import actions
from baton.insight.lake.models import LakeFile
from baton.insight.lake.queries import RELATIONS
from baton.marketing.capture.events import VisitMade
from baton.marketing.capture.models import Hit, Visit, Visitor
from baton.records.people.models import Identity, Person
from baton.records.people.tests.factories import a_person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
VISITS = "FROM facts WHERE name = 'visit.made'"
COUNT = f"SELECT COUNT(*) AS visits {VISITS}"
DAYS = f"SELECT on_day, COUNT(*) AS visits {VISITS} GROUP BY on_day ORDER BY on_day"


@transaction.atomic
def visits(*people, at=AT, batch=None):
    publish_many(
        VisitMade(
            happened_at=at, person_id=person.pk, visit_id=1, channel="search", pages=[], batch=batch
        )
        for person in people
    )


def test_sealed_and_tail_are_read_as_one(company, number, ask):
    ines = a_person()
    visits(ines, at=AT - timedelta(days=31))
    number()
    actions.seal("facts", at=AT)
    visits(ines)
    number()

    found = ask(f"SELECT name, happened_at, channel, person_id {VISITS} ORDER BY happened_at")

    assert [row["happened_at"].month for row in found] == [1, 3]
    assert {(row["channel"], row["person_id"]) for row in found} == {("search", ines.pk)}


def test_day_is_the_organisations(company, number, ask):
    """Half past eleven of the evening in UTC is the next day in Berlin."""
    visits(a_person(), at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC))
    number()
    in_tail = ask(DAYS)

    actions.seal("facts", at=AT)

    assert ask(DAYS) == in_tail
    assert [str(row["on_day"]) for row in in_tail] == ["2026-04-01"]


@pytest.mark.parametrize("is_sealed", [True, False])
def test_undone_facts_are_left_out(company, number, ask, is_sealed):
    batch = new_key()
    visits(a_person(), batch=batch)
    visits(a_person())
    number()
    if is_sealed:
        actions.seal("facts", at=AT)

    retract(batch=batch, at=AT)

    assert [row["visits"] for row in ask(DAYS)] == [1]


def test_people_who_were_merged_are_one(company, number, ask):
    ines, twin = a_person(), a_person()
    visits(ines, twin)
    number()
    actions.seal("facts", at=AT)
    Identity.objects.create(old_id=twin.pk, person=ines)

    found = ask(f"SELECT person_id, born_id {VISITS} ORDER BY event_id")

    assert [tuple(row.values()) for row in found] == [(ines.pk, ines.pk), (ines.pk, twin.pk)]


def test_each_sees_the_facts_of_whom_they_see(
    company, number, ask, rep, colleague, outsider, admin
):
    visits(a_person(owner=rep), a_person(owner=outsider), a_person())
    number()
    actions.seal("facts", at=AT)
    both = COUNT.replace("FROM facts", "FROM facts JOIN people ON people.id = facts.person_id")

    seen = {
        user.name: [ask(sql, user)[0]["visits"] for sql in (both, COUNT)]
        for user in (rep, colleague, outsider, admin)
    }

    assert seen == {"Teo": [1, 1], "Nora": [1, 1], "Otto": [1, 1], "Ada": [3, 3]}


def test_values_are_given_by_name(company, number, ask):
    visits(a_person(), at=AT)
    number()
    sql = f"{COUNT} AND (:since IS NULL OR happened_at >= :since)"

    assert [ask(sql, since=since)[0]["visits"] for since in (None, AT, AT + timedelta(1))] == [
        1,
        1,
        0,
    ]


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_each_relation_can_be_read(company, ask, rep, relation):
    found = ask(f"SELECT * FROM {relation}", rep)  # noqa: S608 -- our own names

    assert [row["name"] for row in found] == (["Teo"] if relation == "users" else [])


def test_columns_that_are_not_named_are_not_read(company, ask):
    Person.objects.filter(pk=a_person().pk).update(lead_at=AT)
    with CaptureQueriesContext(connection) as sent:
        found = ask("SELECT COUNT(*) AS all_of_them, MIN(lead_on) AS first_on FROM people")

    assert found == [{"all_of_them": 1, "first_on": AT.date()}]
    assert [name for name in ("lead_at", "persona", "landing_page") if name in sent[-1]["sql"]] == [
        "lead_at"
    ]


def test_hits_tell_where_their_visit_came_from_and_who_it_was(company, ask):
    known, stranger = a_visitor(person=a_person()), a_visitor()
    for visitor in (known, stranger):
        see(visitor, "/p/demo/")
    actions.seal("hits", at=AT + timedelta(days=2))
    see(stranger, "/p/again/")

    found = ask("SELECT path, channel, person_id, on_day FROM hits ORDER BY event_id")

    assert [(row["path"], row["person_id"]) for row in found] == [
        ("/p/demo/", known.person_id),
        ("/p/demo/", None),
        ("/p/again/", None),
    ]
    assert {(row["channel"], str(row["on_day"])) for row in found} == {("search", "2026-03-02")}


def test_hits_of_a_visit_that_may_go_on_are_not_sealed(company, ask):
    see(a_visitor(), "/p/demo/")

    actions.seal("hits", at=AT + timedelta(minutes=20))
    early = LakeFile.objects.count()
    actions.seal("hits", at=AT + timedelta(hours=2))

    assert (early, LakeFile.objects.get().row_count) == (0, 1)


@pytest.mark.parametrize("is_sealed", [True, False])
def test_texts_come_through_as_they_are(company, ask, is_sealed):
    odd = [
        "",
        "null",
        '"',
        "it's, \\n",
        "two\nlines\r\t",
        '[1, "2"]',
        "äöü 漢字 🚀",
        "\x01\x1f\u2028",
    ]
    for title in odd:
        see(a_visitor(), "/p/", title=title)
    if is_sealed:
        actions.seal("hits", at=AT + timedelta(days=2))

    found = ask("SELECT title, referrer, person_id FROM hits ORDER BY event_id")

    assert found == [{"title": title, "referrer": "", "person_id": None} for title in odd]


def a_visitor(person=None):
    return Visitor.objects.create(person=person, consented_at=AT)


def see(visitor, path, *, title=""):
    visit = Visit.objects.create(
        visitor=visitor, person=visitor.person, started_at=AT, ended_at=AT, channel="search"
    )
    return Hit.objects.create(spool_id=new_key(), visit=visit, path=path, title=title, at=AT)
