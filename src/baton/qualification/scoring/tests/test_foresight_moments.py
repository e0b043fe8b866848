"""What was known at the handoff, and what came of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.qualification.lifecycle.tests.factories import move
from baton.qualification.scoring.queries.moments import known_at
from baton.qualification.scoring.queries.outcomes import outcomes_until
from baton.qualification.scoring.tests.factories import AT, a_visit_made
from baton.qualification.scoring.tests.test_foresight_learning import handed_over
from baton.records.people.actions import edit_company, edit_person
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY = timedelta(days=1)


def test_only_what_was_known_at_the_moment_counts(rep):
    firm = a_company(employee_count=40)
    person = a_person(company=firm, country="Germany")
    for day in (1, 2, 5):
        a_visit_made(person, happened_at=AT + day * DAY, visit_id=day)
    edit_person(
        person=person,
        values={"seniority": "head", "country": "France"},
        version=None,
        by=rep,
        at=AT + 4 * DAY,
    )
    edit_company(
        company=firm, values={"employee_count": 900}, version=None, by=rep, at=AT + 4 * DAY
    )

    known = known_at({person.pk: AT + 3 * DAY})

    values = known.values[person.pk]
    assert (values["visits"], values["pages"], values["visit_days"]) == (2, 4, 1.0)
    assert (values["country"], values["seniority"], values["employee_count"]) == ("Germany", "", 40)
    assert dict(known.late) == {"seniority": [person.pk]}


def test_company_is_the_one_of_the_moment_whoever_employs_them_now(rep):
    then, now = a_company(employee_count=40), a_company(employee_count=9000)
    moved, left = a_person(company=then), a_person(company=then)
    joined, stayed = a_person(), a_person(company=now)
    for person, company in ((moved, now), (left, None), (joined, now)):
        values = {"company": company}
        edit_person(person=person, values=values, version=None, by=rep, at=AT + 4 * DAY)

    known = known_at({one.pk: AT + 3 * DAY for one in (moved, left, joined, stayed)})

    sizes = [known.values[one.pk].get("employee_count") for one in (moved, left, joined, stayed)]
    assert sizes == [40, 40, None, 9000]


def test_outcome_counts_within_its_days_and_young_handoffs_do_not_teach():
    soon, late, young = a_person(), a_person(), a_person()
    for person, day in ((soon, 0), (late, 0), (young, 80)):
        move(person, "mql", day=day)
    move(soon, "customer", day=20)
    move(late, "customer", day=70)

    found = outcomes_until(goal="customer", days=60, at=AT + 100 * DAY)

    assert list(found.won) == [True, False]


def questions():
    with CaptureQueriesContext(connection) as asked:
        found = outcomes_until(goal="customer", days=30, at=AT + 90 * DAY)
    return len(asked), len(found.won)


def test_questions_do_not_grow_with_the_handoffs():
    handed_over(5, at=AT)
    count, few = questions()
    handed_over(30, at=AT + DAY)

    assert few == 5
    assert questions() == (count, 35)
