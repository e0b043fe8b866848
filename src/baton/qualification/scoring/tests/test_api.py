"""Models over the API: the same actions as the screens, with the same permissions."""

import pytest
import time_machine

from baton.qualification.scoring.models import ScoreModel
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_live_model,
    an_engagement_rule,
)
from baton.records.audience.tests.factories import a_persona
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ROOT = "/api/v1/scoring"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def post(client, url, data=None):
    return client.post(url, data or {}, content_type="application/json")


def test_model_is_drafted_and_put_to_use(api_client, admin):
    live = an_engagement_rule().model
    client = api_client(admin)

    made = post(client, f"{ROOT}/models/{live.key}/draft")
    draft = made.json()
    used = post(client, f"{ROOT}/models/{draft['key']}/use", {"note": "Agreed"})

    assert (made.status_code, draft["state"], draft["edition"]) == (201, "draft", 2)
    assert [rule["name"] for rule in draft["rules"]] == ["Sent a form"]
    assert (used.status_code, used.json()["state"], used.json()["note"]) == (200, "live", "Agreed")
    live.refresh_from_db()
    assert live.state == "retired"
    listed = client.get(f"{ROOT}/models/", {"state": "retired"}).json()["items"]
    assert [one["key"] for one in listed] == [str(live.key)]


def test_version_in_use_is_not_put_to_use_again(api_client, admin):
    live = an_engagement_rule().model

    answer = post(api_client(admin), f"{ROOT}/models/{live.key}/use")

    assert answer.status_code == 409
    assert "in use" in answer.json()["detail"]


def test_rep_reads_models_and_changes_none(api_client, rep):
    live = an_engagement_rule().model
    client = api_client(rep)

    assert client.get(f"{ROOT}/models/{live.key}/").json()["name"] == live.name
    assert post(client, f"{ROOT}/models/{live.key}/draft").status_code == 403
    assert post(client, f"{ROOT}/models/{live.key}/use").status_code == 403
    assert ScoreModel.objects.count() == 1


def test_scores_of_a_person_by_all_models_that_are_about_them(api_client, admin, run_background):
    an_engagement_rule(points=30, half_life_days=None)
    a_fit_rule(points=20)
    beside = a_live_model(name="Guides")
    an_engagement_rule(points=60, name="Took a guide", model=beside, half_life_days=None)
    an_engagement_rule(points=5, model=a_live_model(name="Buyers", persona=a_persona()))
    person = a_person(job_title="Head of plants")
    a_form_sent(person)
    run_background()

    found = api_client(admin).get(f"{ROOT}/people/{person.key}/models/").json()

    assert [(one["name"], one["is_main"], one["score"], one["grade"]) for one in found] == [
        ("Everybody", True, 50, "B2"),
        ("Guides", False, 60, "D1"),
    ]
    for one in found:
        assert sum(part["points"] for part in one["parts"]) + one["faded"] == one["score"]


def test_person_of_another_team_is_not_found(api_client, outsider, rep):
    person = a_person(owner=rep)

    assert api_client(outsider).get(f"{ROOT}/people/{person.key}/models/").status_code == 404
