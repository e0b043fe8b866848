"""Who changes the company keeps the former one as past."""

from datetime import UTC, date, datetime, timedelta

import pytest

from baton.core.changes.actions import undo
from baton.core.keys import new_key
from baton.records.people.actions import edit_person
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_company, a_person
from baton.records.relations.models import Relation
from baton.records.relations.rules import RelationKind
from baton.records.relations.tests.factories import a_relation

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def firms(rep):
    return [a_company(owner=rep, name=name) for name in ("Halden", "Corvid", "Umber")]


@pytest.fixture
def ann(rep, firms):
    person = a_person(owner=rep, company=firms[0], job_title="Head")
    Person.objects.update(created_at=LATER - timedelta(days=90))
    return person


def goes_to(person, company, *, by, at=LATER, batch=None, **values):
    person.refresh_from_db()
    edit_person(
        person=person,
        values={"company": company, **values},
        version=None,
        by=by,
        at=at,
        batch=batch or new_key(),
    )


def told():
    return [
        (str(one.company), one.title, one.since, one.until, one.is_past)
        for one in Relation.objects.living().order_by("pk")
    ]


def test_former_employer_is_kept_with_its_last_day(company, rep, firms, ann, run_background):
    goes_to(ann, firms[1], by=rep)
    run_background()
    goes_to(ann, firms[2], by=rep, at=LATER + timedelta(days=30), job_title="Chief")
    run_background()

    assert told() == [
        ("Halden", "Head", None, date(2026, 5, 4), True),
        ("Corvid", "", date(2026, 5, 4), date(2026, 6, 3), True),
        ("Umber", "", date(2026, 6, 3), None, False),
    ]


def test_undo_of_the_change_leaves_nothing_behind(company, rep, firms, ann, run_background):
    batch = new_key()
    goes_to(ann, firms[1], by=rep, batch=batch)
    run_background()

    undo(batch=batch, by=rep, at=LATER)
    run_background()

    assert told() == [("Halden", "Head", None, None, False)]


def test_employment_that_was_typed_ends(company, rep, firms, ann, run_background):
    a_relation(
        person=ann,
        company=firms[0],
        kind=RelationKind.WORKS_AT,
        title="Lead",
        since=date(2020, 1, 1),
    )

    goes_to(ann, None, by=rep)
    run_background()

    assert told() == [("Halden", "Lead", date(2020, 1, 1), date(2026, 5, 4), True)]


def test_company_put_right_on_the_day_somebody_was_added_is_no_change(
    company, rep, firms, ann, run_background
):
    Person.objects.update(created_at=LATER)

    goes_to(ann, firms[1], by=rep)
    run_background()

    assert told() == []


def test_first_company_of_somebody_is_no_change(company, rep, firms, run_background):
    person = a_person(owner=rep)
    Person.objects.update(created_at=LATER - timedelta(days=90))

    goes_to(person, firms[1], by=rep)
    run_background()

    assert told() == []
