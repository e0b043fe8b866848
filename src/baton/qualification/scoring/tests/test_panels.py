"""Why a score is what it is, on the pages of people and companies."""

from datetime import timedelta

import pytest
import time_machine

from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_live_model,
    an_engagement_rule,
)
from baton.records.people.tests.factories import a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def page_of(client, record):
    return client.get(record.get_absolute_url()).content.decode()


def test_reason_says_what_is_left_of_it_and_until_when(signed_in, admin, run_background):
    an_engagement_rule(points=40, half_life_days=None, expires_days=30, cap=60)
    person = a_person()
    for days in (10, 5):
        a_form_sent(person, happened_at=AT - timedelta(days=days))
    run_background()

    page = page_of(signed_in(admin), person)

    assert "Why 60" in page
    assert "+60 today, gone by 27 Mar 2026" in page
    assert "at most 60" in page


def test_company_page_says_score_grade_and_why(signed_in, admin, rep, run_background):
    an_engagement_rule(points=40, half_life_days=None)
    model = a_live_model(about="company", people_how="sum")
    big = {"field": "company.employee_count", "op": ">=", "value": 200}
    a_fit_rule(name="200 people or more", condition=big, points=30, model=model)
    firm = a_company(name="Halden", employee_count=300, owner=rep)
    a_form_sent(a_person(company=firm, full_name="Vera Lind"))
    run_background()

    page = page_of(signed_in(admin), firm)

    assert "Why 70" in page
    assert "200 people or more" in page
    assert "Its people: Vera Lind 40" in page
    assert "A2" in page


def test_company_page_names_no_person_whom_one_does_not_see(
    signed_in, outsider, rep, run_background
):
    an_engagement_rule(points=40, half_life_days=None)
    a_live_model(about="company", people_how="sum")
    firm = a_company(name="Halden", owner=outsider)
    a_form_sent(a_person(company=firm, full_name="Vera Lind", owner=rep))
    run_background()

    page = page_of(signed_in(outsider), firm)

    assert "Why 40" in page
    assert "Its people: 1 person" in page
    assert "Vera Lind" not in page


def test_company_page_without_a_model_shows_no_score(signed_in, admin):
    assert "Why 0" not in page_of(signed_in(admin), a_company())
