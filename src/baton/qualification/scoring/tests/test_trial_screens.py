"""The page of a trial: each number opens exactly the people that it counts."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from baton.core.access.actions import create_team
from baton.core.access.roles import Role
from baton.core.facts.numbering import seat_subscribers
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.scoring import actions
from baton.qualification.scoring.models import ScoreModel, ScoreTrial, TrialPerson
from baton.qualification.scoring.tests.factories import (
    AT,
    a_form_sent,
    a_trial,
    a_visit_made,
    an_engagement_rule,
)
from baton.records.people.tests.factories import a_person
from conftest import drain_background, hire, set_up_fennmark

pytestmark = pytest.mark.django_db
THEN, LATELY = (AT - timedelta(days=days) for days in (30, 10))


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture(scope="module")
def drafted(lasting):
    """Visits give more: Vera is gained, Finn lost, Bo handed off by both; Vera became an SQL."""
    with time_machine.travel(AT, tick=False):
        return _drafted()


def _drafted():
    set_up_fennmark()
    seat_subscribers()
    rep = hire("Teo", Role.REP, create_team(name="North"))
    an_engagement_rule(name="Form", points=60, half_life_days=None)
    an_engagement_rule(name="Visit", fact="visit.made", points=10, half_life_days=None)
    vera = a_person(full_name="Vera", owner=rep)
    finn, bo = a_person(full_name="Finn"), a_person(full_name="Bo")
    a_visit_made(vera, happened_at=LATELY)
    a_form_sent(finn, happened_at=THEN)
    for deed in (a_form_sent, a_visit_made):
        deed(bo, happened_at=THEN)
    a_person(full_name="Idle")
    move_person(person_id=vera.pk, to_stage="sql", at=AT, cause="by hand")
    drain_background()
    model = actions.draft_of(ScoreModel.objects.get(), by=None, at=AT)
    model.rules.filter(name="Visit").update(points=55)
    model.rules.filter(name="Form").update(points=5)
    return model.pk


@pytest.fixture
def draft(drafted, db):
    return ScoreModel.objects.get(pk=drafted)


def opened(client, url):
    """Names on the list behind a figure."""
    page = client.get(url)
    assert page.status_code == 200
    return set(re.findall(r"\b(Vera|Finn|Bo|Idle)\b", page.content.decode()))


def test_draft_is_tried_in_the_background_and_its_page_shows_how_far_it_is(
    signed_in, admin, draft, run_background
):
    client = signed_in(admin)

    answer = client.post(
        reverse("scoring:try-model", args=[draft.key]), {"days": 90, "threshold": 50}
    )

    trial = ScoreTrial.objects.get()
    assert answer.headers["Location"] == trial.get_absolute_url()
    waiting = client.get(trial.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    run_background()
    done = client.get(trial.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' not in done
    assert "The draft hands off 2 instead of 2: 1 more, 1 no longer." in done
    assert "Of the 1 it adds: answered 0, became SQL 1, won 0." in done
    assert "“Visit”: points 10 → 55" in done
    assert trial.get_absolute_url() in client.get(draft.get_absolute_url()).content.decode()


def test_every_number_opens_the_people_that_it_counts(signed_in, admin, draft):
    client = signed_in(admin)
    context = client.get(a_trial(model=draft).get_absolute_url()).context

    for name, people in {
        "by_used": {"Finn", "Bo"},
        "by_draft": {"Vera", "Bo"},
        "gained": {"Vera"},
        "lost": {"Finn"},
    }.items():
        assert context[name].words == str(len(people))
        assert opened(client, context[name].url) == people
    cells = [one for line in context["grades"] for one in (*line.used, *line.draft) if one.url]
    cells += [one for line in context["groups"] for one in line.cells if one.url]
    assert len(cells) > 6
    for cell in cells:
        assert len(opened(client, cell.url)) == int(cell.words)
    assert (context["count"], context["without"]) == (3, 1)


def test_thresholds_say_how_many_a_month_would_have_passed(signed_in, admin, draft):
    client, trial = signed_in(admin), a_trial(model=draft)

    page = client.get(trial.get_absolute_url(), {"most": "1"})

    lines = {line.least: [one.words for one in line.cells] for line in page.context["thresholds"]}
    assert lines[50] == ["0.7", "0.7"]  # two in ninety days
    assert lines[60] == ["0.7", "0.3"]
    assert (
        len(
            opened(
                client,
                next(line.cells[1].url for line in page.context["thresholds"] if line.least == 60),
            )
        )
        == 1
    )
    assert "For at most 1 a month the draft asks 1 point" in page.content.decode()


def test_rep_sees_only_own_people_and_tries_nothing(signed_in, outsider, draft):
    client, trial = signed_in(outsider), a_trial(model=draft)
    seen = TrialPerson.objects.visible_to(outsider).count()

    page = client.get(trial.get_absolute_url())

    assert page.context["count"] == seen < 3
    assert client.post(reverse("scoring:try-model", args=[draft.key])).status_code == 403
    assert client.post(reverse("scoring:stop-trial", args=[trial.key])).status_code == 403


def test_figure_that_no_page_has_is_not_found(signed_in, admin, draft):
    url = reverse("scoring:trial-people", args=[a_trial(model=draft).key])
    client = signed_in(admin)

    wrong = ("who=x", "side=x", "least=-3", "least=9999999", "became=x")
    assert {asked: client.get(f"{url}?{asked}").status_code for asked in wrong} == dict.fromkeys(
        wrong, 404
    )


def test_trial_of_what_cannot_be_tried_is_refused_in_a_sentence(signed_in, admin, draft):
    live = ScoreModel.objects.get(state="live")

    page = signed_in(admin).post(
        reverse("scoring:try-model", args=[live.key]), {"days": 90, "threshold": 50}, follow=True
    )

    assert "Only drafts and former versions" in page.content.decode()
    assert not ScoreTrial.objects.exists()


def test_stale_trial_says_so(signed_in, admin, draft):
    client, trial = signed_in(admin), a_trial(model=draft)
    draft.rules.filter(name="Visit").update(points=1)

    assert "This is stale" in client.get(trial.get_absolute_url()).content.decode()
    assert "Stale" in client.get(draft.get_absolute_url()).content.decode()
