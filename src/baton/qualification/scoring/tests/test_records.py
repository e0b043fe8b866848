"""The score of companies: their own rules, and what their people bring."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from baton.core.facts import Origin, origin
from baton.core.facts.models import FactRecord
from baton.qualification.scoring import actions, queries
from baton.qualification.scoring.slots import scored_kinds
from baton.qualification.scoring.tasks import recompute_records
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_live_model,
    an_engagement_rule,
)
from baton.records.people.actions import edit_company, trash_people
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def companies():
    kind = scored_kinds.find("company")
    assert kind
    return kind


def shown(company):
    company.refresh_from_db()
    return company.score, company.grade


def big(**over):
    condition = {"field": "company.employee_count", "op": ">=", "value": 200}
    return a_fit_rule(name="200 people or more", condition=condition, points=30, **over)


def firm_with(scores):
    """A company whose people sent so many forms, at 10 points each."""
    firm = a_company(name="Halden", employee_count=300)
    for count in scores:
        person = a_person(company=firm)
        for _ in range(count):
            a_form_sent(person, company_id=firm.pk)
    return firm


def test_company_without_a_model_has_no_grade(run_background):
    an_engagement_rule(points=10)
    firm = firm_with([3])

    run_background()

    assert shown(firm) == (0, "")


@pytest.mark.parametrize(
    ("over", "points"),
    [
        ({"people_how": ""}, 0),
        ({"people_how": "best"}, 40),
        ({"people_how": "top", "people_top": 2}, 70),
        ({"people_how": "sum"}, 80),
        ({"people_how": "sum", "people_cap": 50}, 50),
    ],
)
def test_people_bring_points_as_the_model_says(run_background, over, points):
    an_engagement_rule(points=10)
    big(model=a_live_model(about="company", **over))
    firm = firm_with([4, 1, 3])

    run_background()

    assert shown(firm)[0] == 30 + points


def test_company_says_whose_points_it_has_and_where_the_cap_held(run_background):
    an_engagement_rule(points=10)
    model = a_live_model(about="company", people_how="sum", people_cap=50)
    big(model=model)
    firm = firm_with([4, 1, 3])
    run_background()

    kind = companies()
    found = queries.explain_records([firm.pk], kind=kind, model=model, at=AT)[firm.pk]

    assert found.figures.score == shown(firm)[0] == sum(line.points for line in found.parts)
    people = found.parts[0]
    assert (people.points, people.cap, people.words.count(" 40,")) == (50, 50, 1)
    assert found.parts[1].words == "200 people or more"


def test_company_is_scored_again_when_it_changes_and_tells_it(run_background, admin):
    big(model=a_live_model(about="company"))
    firm = a_company(employee_count=20)
    run_background()
    before = shown(firm)

    edit_company(
        company=firm, values={"employee_count": 500}, version=firm.version, by=admin, at=AT
    )
    run_background()

    assert (before, shown(firm)) == ((0, "D4"), (30, "A4"))
    facts = FactRecord.objects.filter(name="score.record_changed").order_by("pk")
    told = [(row.company_id, row.payload["former_grade"], row.payload["grade"]) for row in facts]
    assert told == [(firm.pk, "", "D4"), (firm.pk, "D4", "A4")]


def test_score_that_an_import_moved_came_by_it_and_a_live_one_did_not(run_background):
    big(model=a_live_model(about="company"))
    batch = uuid4()

    with origin(Origin.IMPORT, batch=batch):
        imported = a_company(name="Halden", employee_count=300)
    run_background()
    typed = a_company(name="Lund", employee_count=300)
    run_background()

    told = FactRecord.objects.filter(name="score.record_changed").order_by("pk")
    assert list(told.values_list("company_id", "origin", "batch")) == [
        (imported.pk, "import", batch),
        (typed.pk, "live", None),
    ]


def test_facts_of_a_company_fade_by_the_rules_of_its_model(run_background):
    model = a_live_model(about="company")
    an_engagement_rule(points=40, half_life_days=14, model=model)
    firm = firm_with([1])
    run_background()
    before = shown(firm)[0]

    with time_machine.travel(AT + timedelta(days=14), tick=False):
        actions.score_records(kind=companies(), ids=[firm.pk], at=timezone.now())

    assert (before, shown(firm)[0]) == (40, 20)


def test_own_staff_brings_its_company_nothing(run_background, rep):
    an_engagement_rule(points=10)
    model = a_live_model(about="company", people_how="sum")
    an_engagement_rule(points=7, model=model)
    firm = a_company()
    a_form_sent(a_person(company=firm, emails=[rep.email]), company_id=firm.pk)

    run_background()

    assert shown(firm) == (0, "D4")


def test_who_lies_in_the_trash_brings_nothing(run_background, admin):
    an_engagement_rule(points=10)
    big(model=a_live_model(about="company", people_how="sum"))
    firm = firm_with([4])
    run_background()

    trash_people(people_ids=[firm.people.get().pk], by=admin, at=AT)
    run_background()

    assert shown(firm)[0] == 30


def test_stopped_model_leaves_no_grade(run_background, admin):
    model = a_live_model(about="company")
    big(model=model)
    firm = a_company(employee_count=300)
    run_background()

    actions.stop_model(model=model, by=admin, at=AT)
    run_background()

    assert shown(firm) == (0, "")


def test_many_companies_take_as_many_questions_as_few(run_background):
    an_engagement_rule(points=10)
    model = a_live_model(about="company", people_how="top")
    big(model=model)
    kind = companies()
    firms = [firm_with([2, 1]) for _ in range(12)]
    run_background()

    def asked(some):
        ids = [firm.pk for firm in some]
        with CaptureQueriesContext(connection) as asked:
            queries.explain_records(ids, kind=kind, model=model, at=AT)
        return len(asked)

    assert asked(firms[:2]) == asked(firms)


def test_everybody_is_scored_anew_in_bites(run_background, monkeypatch):
    monkeypatch.setattr("baton.qualification.scoring.tasks.BITE", 2)
    firms = [a_company(employee_count=300) for _ in range(5)]
    run_background()
    big(model=a_live_model(about="company"))

    recompute_records.enqueue(about="company")
    run_background()

    assert [shown(firm) for firm in firms] == [(30, "A4")] * 5
