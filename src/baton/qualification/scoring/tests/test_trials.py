"""A draft tried on the past: what it says, that it changes nothing, and that kills cost nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baton.core.bulk import insert_rows
from baton.core.facts.models import FactRecord
from baton.qualification.lifecycle.actions import move_person
from baton.qualification.scoring import actions, tasks
from baton.qualification.scoring.actions import trials as trying
from baton.qualification.scoring.models import ScoreModel, ScoreTrial, TrialPerson
from baton.qualification.scoring.queries.replay import Replay
from baton.qualification.scoring.queries.terms import is_stale
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_visit_made,
    an_engagement_rule,
)
from baton.records.people.models import Identity, Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
LONG_AGO, THEN, LATELY = (AT - timedelta(days=days) for days in (200, 30, 10))
HEAD = {"job_title": "Head of plants"}


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def a_draft(**points):
    """Of the main model, with other points for the rules of these names."""
    draft = actions.draft_of(ScoreModel.objects.get(state="live"), by=None, at=AT)
    for rule in draft.rules.all():
        if rule.name in points:
            rule.points = points[rule.name]
            rule.save()
    return draft


def a_trial(draft, *, threshold=50, days=90):
    return actions.ask_for_trial(model=draft, days=days, threshold=threshold, by=None, at=AT)


def run(trial):
    while actions.go_on(trial_id=trial.pk, at=AT, for_seconds=60):
        pass
    trial.refresh_from_db()
    return trial


def said(trial):
    """By name: score and grade of both, and when they passed."""
    rows = TrialPerson.objects.filter(trial=trial).order_by("person__full_name")
    names = ("used_score", "used_grade", "used_at", "draft_score", "draft_grade", "draft_at")
    return {row[0]: row[1:] for row in rows.values_list("person__full_name", *names)}


def test_trial_says_who_would_have_been_handed_off_and_when(run_background):
    an_engagement_rule(name="Form", points=60, half_life_days=None)
    an_engagement_rule(name="Visit", fact="visit.made", points=10, half_life_days=None)
    for name, deeds in {
        "Gained": [(a_visit_made, THEN), (a_visit_made, LATELY)],
        "Both": [(a_visit_made, THEN), (a_visit_made, LATELY), (a_form_sent, AT)],
        "Long ago": [(a_form_sent, LONG_AGO), (a_form_sent, LATELY)],
    }.items():
        person = a_person(full_name=name)
        for deed, at in deeds:
            deed(person, happened_at=at)
    a_person(full_name="Did nothing")
    run_background()

    trial = run(a_trial(a_draft(Visit=30)))

    assert trial.state == "done"
    assert said(trial) == {
        "Gained": (20, "D3", None, 60, "D1", LATELY),
        "Both": (80, "D1", AT, 120, "D1", LATELY),
        "Long ago": (120, "D1", None, 120, "D1", None),
    }
    assert (trial.people_done, trial.facts_done, trial.facts_total) == (4, 7, 7)


def test_trial_changes_nobody_and_tells_no_fact(run_background):
    an_engagement_rule(name="Form", points=60)
    person = a_person(**HEAD)
    a_form_sent(person, happened_at=THEN)
    run_background()
    before = list(Person.objects.values()), FactRecord.objects.count()

    run(a_trial(a_draft(Form=5)))
    run_background()

    assert (list(Person.objects.values()), FactRecord.objects.count()) == before


def test_machines_colleagues_and_sales_own_finds_are_handed_off_by_no_draft(run_background, rep):
    an_engagement_rule(name="Visit", fact="visit.made", points=60)
    robot = a_person(full_name="Robot")
    a_visit_made(robot, happened_at=THEN, machine="crawler")
    colleague = a_person(full_name="Colleague", emails=[rep.email])
    found, advanced = a_person(full_name="Found", origin="sales"), a_person(full_name="Advanced")
    move_person(person_id=advanced.pk, to_stage="sql", at=AT - timedelta(days=95), cause="by hand")
    for person in (colleague, found, advanced):
        a_visit_made(person, happened_at=THEN)
    run_background()

    trial = run(a_trial(a_draft(Visit=70)))

    assert {name: row[-1] for name, row in said(trial).items()} == {"Found": None, "Advanced": None}


def test_killed_trial_goes_on_and_ends_as_one_that_was_not(run_background, monkeypatch):
    an_engagement_rule(name="Form", points=60)
    a_fit_rule(points=20)
    for number in range(5):
        person = a_person(full_name=f"Person {number}", **HEAD)
        a_form_sent(person, happened_at=THEN + timedelta(days=number))
    run_background()
    draft = a_draft(Form=10)
    clean = run(a_trial(draft))
    monkeypatch.setattr(trying, "BITE", 2)
    trial, insert = a_trial(draft), insert_rows

    def dies(model, rows):
        insert(model, rows)
        raise KeyboardInterrupt

    assert trying._do_bite(Replay(trial), at=AT)
    monkeypatch.setattr(trying, "insert_rows", dies)
    with pytest.raises(KeyboardInterrupt):
        actions.go_on(trial_id=trial.pk, at=AT, for_seconds=60)
    monkeypatch.setattr(trying, "insert_rows", insert)
    trial.refresh_from_db()
    assert (trial.state, trial.people_done) == ("running", 2)
    tasks.resume_trials.call()
    run_background()

    trial.refresh_from_db()
    assert said(trial) == said(clean)
    assert len(said(trial)) == trial.people_done == 5
    assert (trial.state, trial.facts_done) == ("done", clean.facts_done)


def test_trial_that_never_gets_on_fails_and_is_not_tried_for_ever():
    an_engagement_rule(name="Form", points=60)
    trial = a_trial(a_draft(Form=10))
    ScoreTrial.objects.filter(pk=trial.pk).update(resumes=trying.RESUMES - 1)

    once_more = actions.resume_or_fail(trial_id=trial.pk, at=AT)
    never = actions.resume_or_fail(trial_id=trial.pk, at=AT)

    trial.refresh_from_db()
    assert (once_more, never, trial.state, trial.ended_at) == (True, False, "failed", AT)
    assert actions.resume_or_fail(trial_id=trial.pk, at=AT) is False


def test_trial_that_gets_on_may_be_resumed_again(run_background):
    an_engagement_rule(name="Form", points=60)
    a_form_sent(a_person(), happened_at=THEN)
    run_background()
    trial = a_trial(a_draft(Form=10))
    ScoreTrial.objects.filter(pk=trial.pk).update(resumes=trying.RESUMES)

    trying._do_bite(Replay(trial), at=AT)

    trial.refresh_from_db()
    assert (trial.resumes, trial.state) == (0, "done")


def test_edit_while_it_runs_is_not_followed_and_makes_it_stale(run_background, monkeypatch):
    an_engagement_rule(name="Form", points=60)
    for _number in range(2):
        a_form_sent(a_person(), happened_at=THEN)
    run_background()
    draft = a_draft(Form=10)
    monkeypatch.setattr(trying, "BITE", 1)
    trial = a_trial(draft)
    trying._do_bite(Replay(trial), at=AT)

    rule = draft.rules.get()
    actions.edit_score_rule(rule=rule, values={"points": 99}, version=rule.version, by=None, at=AT)
    run(trial)

    assert len({row[3] for row in said(trial).values()}) == 1
    assert is_stale(trial)


def test_trial_is_stale_once_another_version_is_in_use(run_background):
    an_engagement_rule(name="Form", points=60)
    draft, other = a_draft(Form=10), a_draft(Form=20)
    trial = run(a_trial(draft))
    assert not is_stale(trial)

    actions.put_to_use(model=other, by=None, at=AT)

    assert is_stale(ScoreTrial.objects.get(pk=trial.pk))


def test_stopped_trial_leaves_nothing_and_the_draft_can_be_tried_again(run_background, monkeypatch):
    an_engagement_rule(name="Form", points=60)
    for _number in range(3):
        a_form_sent(a_person(), happened_at=THEN)
    run_background()
    draft = a_draft(Form=10)
    monkeypatch.setattr(trying, "BITE", 1)
    trial = a_trial(draft)
    replay = Replay(trial)
    trying._do_bite(replay, at=AT)
    with pytest.raises(actions.BadTrial):
        a_trial(draft)

    assert actions.stop_trial(trial=trial, at=AT)

    assert not actions.go_on(trial_id=trial.pk, at=AT, for_seconds=60)
    assert not TrialPerson.objects.exists()
    again = run(a_trial(draft))
    assert again.state == "done"
    assert ScoreTrial.objects.get() == again


def test_the_latest_three_trials_of_a_draft_are_kept(run_background):
    an_engagement_rule(name="Form", points=60)
    a_form_sent(a_person(), happened_at=THEN)
    run_background()
    draft = a_draft(Form=10)

    made = [run(a_trial(draft, threshold=number)) for number in range(1, 6)]

    assert list(ScoreTrial.objects.order_by("pk")) == made[2:]
    assert TrialPerson.objects.count() == 3


@pytest.mark.parametrize(("days", "threshold"), [(7, 50), (90, 0), (90, -4), (90, 40_000)])
def test_periods_and_thresholds_that_make_no_sense_are_refused(days, threshold):
    an_engagement_rule()
    with pytest.raises(actions.BadTrial):
        a_trial(a_draft(), days=days, threshold=threshold)


def test_model_in_use_is_not_tried():
    rule = an_engagement_rule()
    with pytest.raises(actions.BadTrial):
        a_trial(rule.model)


def test_bite_asks_as_many_questions_for_many_as_for_few(run_background):
    an_engagement_rule(name="Form", points=60)
    a_fit_rule(points=20)
    a_form_sent(a_person(**HEAD), happened_at=THEN)
    run_background()
    draft = a_draft(Form=10)

    def asked():
        trial = a_trial(draft)
        with CaptureQueriesContext(connection) as few:
            run(trial)
        return len(few)

    asked()
    few = asked()
    for _number in range(40):
        person = a_person(**HEAD)
        for days in range(3):
            a_form_sent(person, happened_at=THEN + timedelta(days=days))
    run_background()

    assert asked() == few


def test_facts_of_a_merged_record_count_for_who_that_is_now(run_background):
    an_engagement_rule(name="Form", points=30, half_life_days=None)
    person, former = a_person(full_name="Now"), a_person(full_name="Former")
    for at, who in ((LATELY, person), (THEN, former)):
        a_form_sent(who, happened_at=at)
    run_background()
    Identity.objects.create(old_id=former.pk, person=person)
    Person.objects.filter(pk=former.pk).update(deleted_at=AT)

    trial = run(a_trial(a_draft(Form=40)))

    assert said(trial)["Now"] == (60, "D1", LATELY, 80, "D1", LATELY)
