"""Screens of models: make one, draft a change, put it to use, read its grades."""

import pytest
import time_machine
from django.urls import reverse

from baton.qualification.scoring.models import ScoreModel, ScoreRule
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_live_model,
    an_engagement_rule,
)
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FORM = {
    "name": "Big firms",
    "about": "company",
    "fit_bands": "30, 20, 10",
    "engagement_bands": "50, 25, 10",
    "people_how": "top",
    "people_top": 3,
}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def test_model_is_made_as_a_draft_gets_a_rule_and_is_put_to_use(signed_in, admin):
    client = signed_in(admin)

    client.post(reverse("scoring:new-model"), FORM)
    model = ScoreModel.objects.get()
    rule = {
        "name": "Big",
        "kind": "fit",
        "points": 30,
        "is_active": "on",
        "join": "all",
        "row-0-field": "company.employee_count",
        "row-0-op": ">=",
        "row-0-value": "200",
    }
    client.post(reverse("scoring:new-rule", args=[model.key]), rule)
    client.post(reverse("scoring:use-model", args=[model.key]), {"note": "Agreed"})

    model.refresh_from_db()
    assert (model.about, model.state, model.note, model.signed_by) == (
        "company",
        "live",
        "Agreed",
        admin,
    )
    assert ScoreRule.objects.get().model == model


@pytest.mark.parametrize("bands", ["30, 20", "10, 20, 30", "a, b, c"])
def test_bands_that_make_no_grades_keep_what_was_typed(signed_in, admin, bands):
    answer = signed_in(admin).post(reverse("scoring:new-model"), {**FORM, "fit_bands": bands})

    assert answer.status_code == 422
    assert f'value="{bands}"' in answer.content.decode()
    assert not ScoreModel.objects.exists()


def test_draft_of_the_main_model_changes_no_live_rule(signed_in, admin):
    rule = an_engagement_rule()

    answer = signed_in(admin).post(reverse("scoring:draft", args=[rule.model.key]))

    draft = ScoreModel.objects.get(state="draft")
    assert answer.headers["Location"] == draft.get_absolute_url()
    assert draft.rules.get().pk != rule.pk
    page = signed_in(admin).get(reverse("scoring:rules")).content.decode()
    assert page.count("Sent a form") == 1


def test_every_number_of_the_matrix_opens_its_people(signed_in, admin, run_background):
    an_engagement_rule(points=30)
    a_fit_rule(points=20)
    beside = a_live_model(name="Guides")
    an_engagement_rule(points=60, model=beside)
    person, other = a_person(job_title="Head of plants", full_name="Ann Both"), a_person()
    a_form_sent(person)
    run_background()
    client = signed_in(admin)

    for model, cell in ((ScoreModel.objects.get(is_main=True), "B2"), (beside, "D1")):
        rows = client.get(model.get_absolute_url()).context["rows"]
        cells = {one.grade: one for row in rows for one in row.cells}
        people = client.get(cells[cell].url).content.decode()

        assert (cells[cell].count, cells["D4"].count) == (1, 1)
        assert "Ann Both" in people
        assert other.full_name not in people


def test_rep_reads_models_and_changes_none(signed_in, rep):
    model = an_engagement_rule().model
    client = signed_in(rep)

    page = client.get(model.get_absolute_url())

    assert page.status_code == 200
    assert reverse("scoring:draft", args=[model.key]) not in page.content.decode()
    assert client.post(reverse("scoring:draft", args=[model.key])).status_code == 403


def test_model_that_the_agreement_asks_is_not_stopped(signed_in, admin):
    model = an_engagement_rule().model

    signed_in(admin).post(reverse("scoring:stop-model", args=[model.key]))

    model.refresh_from_db()
    assert model.state == "live"
