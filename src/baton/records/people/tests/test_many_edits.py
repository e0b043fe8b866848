"""Many edited at once are those that one by one would have been."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from baton.core.changes.models import Change
from baton.core.errors import RuleViolation
from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.records.people.actions import (
    PersonEdit,
    TooLong,
    create_company,
    edit_people,
    edit_person,
)
from baton.records.people.models import Person
from baton.records.people.queries import emails_of
from baton.records.people.tests.factories import AT, a_person

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"at": AT, "cause": "import"}
ROW = ("version", "job_title", "country", "company_id", "custom")
CHANGE = ("object_id", "verb", "before", "after", "by_id", "at", "cause", "batch")
FACT = ("name", "person_id", "company_id", "payload", "origin", "happened_at")


def various(people):
    """A plain edit, none at all, one that changes nothing, a list, an own field, the same again."""
    firm = create_company(name="Halden", at=AT)
    return [
        PersonEdit(people[0], {"job_title": " Head  of buying ", "company": firm}),
        PersonEdit(people[1], {}),
        PersonEdit(people[2], {"job_title": people[2].job_title}),
        PersonEdit(people[3], {"emails": ["new@halden.example"], "country": "NO"}),
        PersonEdit(people[1], {"custom": {"size": 40}}),
        PersonEdit(people[0], {"job_title": "Buyer"}),
    ]


def state(people, batch):
    ids = [person.pk for person in people]
    return (
        list(Person.objects.filter(pk__in=ids).order_by("pk").values_list(*ROW)),
        {pk: [row.address for row in rows] for pk, rows in emails_of(ids).items()},
        sorted(Change.objects.filter(batch=batch).values_list(*CHANGE), key=str),
        sorted(FactRecord.objects.filter(batch=batch).values_list(*FACT), key=str),
    )


def test_edits_at_once_leave_what_edits_one_by_one_leave():
    people = [a_person() for _ in range(4)]
    batch = uuid4()
    edits = various(people)
    with transaction.atomic(), origin(Origin.IMPORT, batch=batch):
        for edit in edits:
            edit_person(
                person=edit.person, values=edit.values, version=None, by=None, batch=batch, **TOLD
            )
        expected = state(people, batch)
        transaction.set_rollback(True)

    with origin(Origin.IMPORT, batch=batch):
        after = edit_people(edits, batch=batch, **TOLD)

    assert state(people, batch) == expected
    versions = [one.version for one in after if isinstance(one, Person)]
    assert versions == [2, 1, 1, 2, 2, 3]


def test_who_is_refused_is_refused_alone():
    people = [a_person() for _ in range(3)]
    titles = ["Buyer", "x" * 500, "Seller"]
    edits = [
        PersonEdit(one, {"job_title": title}) for one, title in zip(people, titles, strict=True)
    ]

    told = edit_people(edits, batch=uuid4(), **TOLD)

    assert [isinstance(one, RuleViolation) for one in told] == [False, True, False]
    assert isinstance(told[1], TooLong)
    shown = Person.objects.order_by("pk").values_list("job_title", flat=True)
    assert list(shown) == ["Buyer", people[1].job_title, "Seller"]


def test_plain_edits_of_many_take_few_statements(rep, admin):
    former, firm = (create_company(name=name, at=AT) for name in ("Orkla", "Halden"))
    people = [a_person(company=former, owner=rep) for _ in range(30)]
    new = {"company": firm, "owner": admin}
    edits = [PersonEdit(one, {"job_title": f"Buyer {one.pk}", **new}) for one in people]

    with CaptureQueriesContext(connection) as asked:
        edit_people(edits, batch=uuid4(), **TOLD)

    assert len(asked) <= 10


def test_who_was_erased_a_moment_ago_is_refused_alone():
    gone, here = a_person(), a_person()
    Person.objects.filter(pk=gone.pk).delete()
    edits = [PersonEdit(one, {"job_title": "Buyer"}) for one in (gone, here)]

    refused, edited = edit_people(edits, batch=uuid4(), **TOLD)

    assert isinstance(refused, RuleViolation)
    assert isinstance(edited, Person)
    assert edited.job_title == "Buyer"
