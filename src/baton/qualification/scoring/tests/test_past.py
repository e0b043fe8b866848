"""A score over time, and what moved it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.facts import publish
from baton.qualification.scoring.events import RecordScored
from baton.qualification.scoring.queries.past import past_of_person
from baton.qualification.scoring.rules.past import (
    Step,
    line_of,
    moments_of,
    parts_of_step,
    place_among,
)
from baton.qualification.scoring.slots import ScoreMark, score_marks
from baton.qualification.scoring.tests.factories import (
    AT,
    a_form_sent,
    an_engagement_rule,
)
from baton.records.people.tests.factories import a_company, a_person

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def _step(days: int, former: int, score: int, fit: int = 0) -> Step:
    return Step(
        fact_id=days,
        at=MONDAY + days * DAY,
        former=former,
        score=score,
        fit=fit,
        engagement=score - fit,
    )


def test_line_keeps_a_score_until_the_next_step():
    steps = [_step(1, 0, 10), _step(3, 10, 30)]

    moments = moments_of(MONDAY, MONDAY + 4 * DAY)

    assert line_of(steps, moments) == [None, 10, 10, 30, 30]


def test_long_line_has_sixty_points_the_last_of_them_now():
    until = MONDAY + 900 * DAY

    moments = moments_of(MONDAY, until)

    assert (len(moments), moments[0], moments[-1]) == (60, MONDAY, until)


@pytest.mark.parametrize(("days", "place"), [(0, 0), (2, 2), (1.5, 1.5), (-1, None), (9, None)])
def test_mark_stands_between_the_labels_where_it_happened(days, place):
    moments = moments_of(MONDAY, MONDAY + 4 * DAY)

    assert place_among(MONDAY + days * DAY, moments) == place


def test_step_is_parted_into_fit_and_engagement():
    first, second = _step(1, 0, 30, fit=20), _step(2, 30, 25, fit=5)

    assert parts_of_step(first, None) == (20, 10)
    assert parts_of_step(second, first) == (-15, 10)


@pytest.fixture
def monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def ann(db, company, monday, run_background):
    an_engagement_rule(points=40, half_life_days=None, expires_days=30)
    person = a_person(full_name="Ann Lund")
    a_form_sent(person, happened_at=AT)
    run_background()
    return person


def test_page_draws_the_score_and_tells_what_moved_it(signed_in, admin, ann, monkeypatch):
    def told(person, user):
        assert (person, user) == (ann, admin)
        return [ScoreMark(at=AT, words="Handed over: a form", url="/leads/")]

    monkeypatch.setattr(score_marks, "_items", [told])
    client = signed_in(admin)

    assert (
        reverse("scoring:person-past", args=[ann.key])
        in client.get(ann.get_absolute_url()).content.decode()
    )
    page = client.get(reverse("scoring:person-past", args=[ann.key])).content.decode()

    assert "40 now, 40 at its highest" in page
    assert "(engagement +40)" in page
    assert "Handed over: a form" in page
    assert "<svg" in page


def test_cause_is_named_as_on_the_timeline(admin, ann):
    past = past_of_person(ann, user=admin)

    assert [step.score for step in past.steps] == [40]
    assert list(past.causes) == [past.steps[0].fact_id]


def test_stranger_sees_no_score_over_time(signed_in, outsider, rep, ann):
    assert (
        signed_in(outsider).get(reverse("scoring:person-past", args=[ann.key])).status_code == 404
    )


@pytest.mark.usefixtures("company")
def test_score_that_never_moved_says_what_will_stand_here(db, signed_in, admin):
    page = signed_in(admin).get(reverse("scoring:person-past", args=[a_person().key]))

    assert "The score has not moved yet" in page.content.decode()


def test_many_steps_cost_the_same_number_of_questions(admin, ann, run_background):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            past_of_person(ann, user=admin)
        return len(found)

    asked()
    few = asked()
    for days in range(1, 6):
        a_form_sent(ann, happened_at=AT - timedelta(days=days))
        run_background()

    assert len(past_of_person(ann, user=admin).steps) > 3
    assert asked() == few


def test_api_tells_the_steps_with_what_moved_them(api_client, admin, outsider, ann, monkeypatch):
    mark = ScoreMark(at=AT, words="Handed over: a form", url="/leads/")
    monkeypatch.setattr(score_marks, "_items", [lambda person, user: [mark]])
    address = f"/api/v1/scoring/people/{ann.key}/past/"

    told = api_client(admin).get(address).json()

    step = told["steps"][0]
    assert (step["former"], step["score"], step["engagement"], step["is_fading"]) == (
        0,
        40,
        40,
        False,
    )
    assert "Sent" in step["cause"]
    assert [one["words"] for one in told["marks"]] == ["Handed over: a form"]
    assert told["is_cut"] is False
    assert api_client(outsider).get(address).status_code == 404


def test_api_tells_the_past_of_a_company(db, company, monday, api_client, admin, outsider, rep):
    firm = a_company(owner=rep)
    with transaction.atomic():
        publish(
            RecordScored(
                happened_at=AT,
                company_id=firm.pk,
                about="company",
                grade="B2",
                score=30,
                former_score=10,
                fit=30,
                engagement=0,
            )
        )
    address = f"/api/v1/scoring/companies/{firm.key}/past/"

    told = api_client(admin).get(address).json()

    assert [(step["former"], step["score"]) for step in told["steps"]] == [(10, 30)]
    assert (told["threshold"], told["marks"]) == (0, [])
    assert api_client(outsider).get(address).status_code == 404
