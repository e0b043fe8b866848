"""A draft tried on the past by a program: asked for, read, opened and stopped."""

from datetime import timedelta

import pytest
import time_machine

from baton.qualification.scoring import actions
from baton.qualification.scoring.models import ScoreModel, ScoreTrial, TrialPerson
from baton.qualification.scoring.tests.factories import AT, a_form_sent, an_engagement_rule
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
ROOT = "/api/v1/scoring/"
LATELY = AT - timedelta(days=10)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def draft():
    """By which a form is worth 60 points instead of 10."""
    an_engagement_rule(name="Form", points=10, half_life_days=None)
    made = actions.draft_of(ScoreModel.objects.get(state="live"), by=None, at=AT)
    made.rules.update(points=60)
    return made


def ask(client, draft, **said):
    url = f"{ROOT}models/{draft.key}/trials/"
    return client.post(url, {"days": 90, "threshold": 50} | said, content_type="application/json")


def run(key):
    trial = ScoreTrial.objects.get(key=key)
    while actions.go_on(trial_id=trial.pk, at=AT, for_seconds=60):
        pass


def test_a_trial_is_asked_for_and_says_whom_the_draft_would_hand_off(
    api_client, admin, draft, run_background
):
    client = api_client(admin)
    ann, bob = a_person(), a_person()
    a_form_sent(ann, happened_at=LATELY)
    run_background()

    asked = ask(client, draft)
    path = f"{ROOT}trials/{asked.json()['key']}/"
    waiting = client.get(path).json()
    run(asked.json()["key"])
    told = client.get(path).json()
    gained = client.get(f"{path}people/?who=gained").json()["items"]
    lost = client.get(f"{path}people/?who=lost").json()["items"]

    assert (asked.status_code, waiting["state"], waiting["groups"]) == (201, "running", [])
    assert told["state"] == "done"
    counts = {one["who"]: one["people"] for one in told["groups"]}
    assert counts == {"used": 0, "draft": 1, "both": 0, "gained": 1, "lost": 0}
    assert sum(told["grades_draft"].values()) == 1
    assert [(one["person"], one["used_score"], one["draft_score"]) for one in gained] == [
        (str(ann.key), 10, 60)
    ]
    assert lost == []
    assert set(Person.objects.values_list("score", flat=True)) <= {0, 10}
    assert client.get(f"{path}people/?who=x").status_code == 422
    listed = client.get(f"{ROOT}models/{draft.key}/trials/").json()["items"]
    assert [one["key"] for one in listed] == [asked.json()["key"]]
    assert bob.pk


def test_a_trial_is_stopped_and_a_second_one_waits_for_it(api_client, admin, draft):
    client = api_client(admin)
    asked = ask(client, draft)

    twice = ask(client, draft)
    stopped = client.post(f"{ROOT}trials/{asked.json()['key']}/stop/")

    assert (twice.status_code, stopped.json()["state"]) == (409, "stopped")
    assert not TrialPerson.objects.exists()
    assert ask(client, draft).status_code == 201


def test_what_nobody_can_try_is_refused(api_client, admin, rep, draft):
    live = ScoreModel.objects.get(state="live")

    assert ask(api_client(admin), draft, days=7).status_code == 409
    assert ask(api_client(admin), live).status_code == 409
    assert ask(api_client(rep), draft).status_code == 403
    assert not ScoreTrial.objects.exists()


def test_who_sees_nobody_reads_no_figure_of_them(
    api_client, admin, outsider, draft, run_background
):
    ann = a_person(owner=admin)
    a_form_sent(ann, happened_at=LATELY)
    run_background()
    key = ask(api_client(admin), draft).json()["key"]
    run(key)

    told = api_client(outsider).get(f"{ROOT}trials/{key}/").json()
    listed = api_client(outsider).get(f"{ROOT}trials/{key}/people/").json()["items"]

    assert TrialPerson.objects.count() == 1
    assert sum(told["grades_draft"].values()) == 0
    assert listed == []
