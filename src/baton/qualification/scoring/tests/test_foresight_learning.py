"""Learning from one's own handoffs, and what an admin makes of that."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baton.core.access.actions import create_user
from baton.core.access.roles import Role
from baton.core.jobs import queue
from baton.core.jobs.models import Job
from baton.core.notices.models import Notice
from baton.qualification.lifecycle.models import StageChange
from baton.qualification.scoring import actions, tasks
from baton.qualification.scoring.models import Foresight, Foretold
from baton.qualification.scoring.queries import outcomes
from baton.qualification.scoring.rules.foresight.scorecard import digest_of
from baton.qualification.scoring.rules.foretelling import Proposal, State
from baton.qualification.scoring.tests.factories import AT, a_visit_made
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CARD = {
    "intercept": -1.0,
    "slope": 1.0,
    "shift": 0.0,
    "columns": [
        {
            "name": "channel",
            "kind": "choice",
            "edges": [],
            "levels": {"search": 2},
            "weights": [0.0, -0.5, 1.0],
            "mean": 0.2,
        },
        {
            "name": "visits",
            "kind": "number",
            "edges": [1.0, 3.0],
            "levels": {},
            "weights": [0.0, 0.0, -0.6, 0.1, 0.9],
            "mean": 0.0,
        },
    ],
}
FIGURES = {
    "auc": 0.71,
    "brier": 0.18,
    "lift_at_10": 2.1,
    "n": 300,
    "positives": 90,
    "taught": 210,
    "judged": 90,
    "untold": 3,
    "columns": ["channel", "visits"],
    "warnings": [],
    "carried": {"column": "visits", "reason": "", "auc": 0.83, "others": 0.6},
    "leak_reasons": [
        {
            "column": "custom.note",
            "reason": "tells the outcome by itself (AUC %(auc).2f alone)",
            "auc": 0.98,
            "others": 0.5,
        }
    ],
    "deciles": [
        {"n": 45, "expected": 0.5, "observed": 0.6},
        {"n": 45, "expected": 0.1, "observed": 0.1},
    ],
    "calibration": [
        {"n": 45, "expected": 0.1, "observed": 0.1},
        {"n": 45, "expected": 0.5, "observed": 0.6},
    ],
}


def a_foresight(**over):
    usual = {
        "goal": "customer",
        "days": 90,
        "state": State.READY,
        "figures": FIGURES,
        "card": CARD,
        "digest": digest_of(CARD),
        "drift": {"edges": [0.3], "expected": [0.5, 0.5], "months": []},
        "asked_at": AT,
    }
    return Foresight.objects.create(**{**usual, **over})


def handed_over(count, *, at, is_won=lambda person: False, channel=lambda n: "search"):
    """So many MQLs, an hour apart; who won was a customer ten days later."""
    people = Person.objects.bulk_create(
        Person(full_name=f"P {n}", sort_key=f"p {n}", origin="marketing", channel=channel(n))
        for n in range(count)
    )
    made = [at + n * timedelta(hours=1) for n in range(count)]
    StageChange.objects.bulk_create(
        StageChange(person=one, to_stage="mql", at=when, cause="a test")
        for one, when in zip(people, made, strict=True)
    )
    StageChange.objects.bulk_create(
        StageChange(person=one, to_stage="customer", at=when + 10 * DAY, cause="a test", place=1)
        for one, when in zip(people, made, strict=True)
        if is_won(one)
    )
    return people


def test_too_few_handoffs_are_refused_with_their_numbers_and_rules_stay_alone(signed_in, admin):
    handed_over(9, at=AT)

    with time_machine.travel(AT + 200 * DAY):
        signed_in(admin).post(reverse("scoring:learn"), {"goal": "customer", "days": 90})
        foresight = Foresight.objects.get()
        version = reverse("scoring:version", args=[foresight.key])
        asked = signed_in(admin).get(version, headers={"HX-Request": "true"})
        actions.learn(foresight=foresight, at=AT + 200 * DAY)
        learned = signed_in(admin).get(version, headers={"HX-Request": "true"})
        page = signed_in(admin).get(reverse("scoring:foresight")).content.decode()
    foresight.refresh_from_db()

    assert foresight.state == State.REFUSED
    assert ("HX-Redirect" in asked, learned["HX-Redirect"]) == (False, version)
    assert "9 handoffs with a known end, 0 of them reached it" in page
    assert reverse("scoring:use", args=[foresight.key]) not in page


def test_own_outcomes_teach_and_judge_in_a_process_of_its_own():
    """Slow on purpose: a real process that learns."""
    draw = random.Random(4)
    handed_over(
        240,
        at=AT,
        channel=lambda n: ("search", "ads", "")[n % 3],
        is_won=lambda one: draw.random() < {"search": 0.7, "ads": 0.15, "": 0.3}[one.channel],
    )
    foresight = actions.ask_to_learn(goal="customer", days=30, by=None, at=AT)

    actions.learn(foresight=foresight, at=AT + 90 * DAY)

    foresight.refresh_from_db()
    assert foresight.state == State.READY
    assert foresight.figures["columns"] == ["channel"]
    assert (foresight.figures["n"], foresight.figures["split"]) == (240, "time")
    assert 0.65 < foresight.figures["auc"] < 0.9
    assert foresight.digest == digest_of(foresight.card)


def test_page_tells_figures_leaks_and_versions(signed_in, admin, django_assert_max_num_queries):
    a_foresight(late_fields=[{"name": "seniority", "share": 0.34}])
    client = signed_in(admin)
    client.get(reverse("scoring:foresight"))

    with django_assert_max_num_queries(14):
        page = client.get(reverse("scoring:foresight")).content.decode()

    assert "0.71" in page
    assert page.count("1.7×") >= 2  # of the best tenth
    assert "1.7 times as often as all" in page
    assert "tells the outcome by itself (AUC 0.98 alone)" in page
    assert "Nearly all rests on “Visits” (AUC 0.83 alone, 0.60 without it)." in page
    assert "Seniority: for 34 % of the leads" in page
    assert "3 more were turned down as bad data" in page
    assert "Many more outcomes" not in page


def test_admin_uses_it_and_the_page_of_a_person_says_why(signed_in, admin, run_background):
    person = a_person(channel="search")
    a_visit_made(person)
    before = Person.objects.values("score", "stage").get(pk=person.pk)
    foresight = a_foresight()

    signed_in(admin).post(reverse("scoring:use", args=[foresight.key]))
    run_background()
    page = signed_in(admin).get(person.get_absolute_url()).content.decode()

    told = Foretold.objects.get(person=person)
    assert told.chance == pytest.approx(0.525, abs=0.001)
    assert "First source: Search" in page
    assert "Visits: 1 to under 3" in page
    assert Person.objects.values("score", "stage").get(pk=person.pk) | before == before


def test_stopping_takes_the_chances_away(signed_in, admin, run_background):
    person = a_person(channel="search")
    foresight = a_foresight(is_used=True, used_since=AT)
    tasks.foretell_everybody.enqueue()
    run_background()

    signed_in(admin).post(reverse("scoring:stop"))

    assert not Foretold.objects.filter(person=person).exists()
    foresight.refresh_from_db()
    assert not foresight.is_used


def test_what_was_learned_and_changed_since_is_not_used(admin):
    foresight = a_foresight(card={**CARD, "shift": 5.0})

    with pytest.raises(actions.NotToBeForeseen, match="changed since"):
        actions.use_foresight(foresight=foresight, by=admin, at=AT)


def test_only_admins_use_what_others_may_learn(signed_in, rep):
    head = create_user(name="Hanna", email="hanna@x.example", role=Role.HEAD_OF_MARKETING)
    foresight = a_foresight()
    use = reverse("scoring:use", args=[foresight.key])

    assert signed_in(head).get(reverse("scoring:foresight")).status_code == 200
    assert signed_in(head).post(use).status_code in (403, 404)
    assert signed_in(rep).get(reverse("scoring:foresight")).status_code in (403, 404)
    foresight.refresh_from_db()
    assert not foresight.is_used


def test_drift_is_measured_by_month_and_told_once_to_admins(signed_in, admin, marketer):
    a_foresight(is_used=True, used_since=AT, figures={**FIGURES, "n": 900})
    handed_over(40, at=AT, channel=lambda n: "search")

    with time_machine.travel(AT + 20 * DAY):
        tasks.watch_drift.call()
        tasks.watch_drift.call()
        page = signed_in(admin).get(reverse("scoring:foresight")).content.decode()

    assert [(one.user_id, one.kind) for one in Notice.objects.all()] == [(admin.pk, "score.drift")]
    assert "drifted" in page
    assert "Who is handed over now differs" in page
    assert Foresight.objects.count() == 1


def test_second_run_of_a_learning_leaves_what_is_in_use(monkeypatch):
    foresight = a_foresight(is_used=True, used_since=AT)
    stale = Foresight.objects.get(pk=foresight.pk)
    stale.state = State.ASKED  # as it was read before the first run had ended

    actions.learn(foresight=stale, at=AT + 400 * DAY)

    now = Foresight.objects.get()
    assert (now.is_used, now.state, now.card) == (True, State.READY, CARD)


def test_machine_that_starts_no_process_fails_the_learning_and_says_so(monkeypatch, caplog):
    def run(*_args, **_more):
        raise OSError(12, "Cannot allocate memory")

    handed_over(300, at=AT, is_won=lambda person: person.pk % 2 == 0)
    foresight = actions.ask_to_learn(goal="customer", days=30, by=None, at=AT)
    monkeypatch.setattr("subprocess.run", run)

    actions.learn(foresight=foresight, at=AT + 200 * DAY)

    assert Foresight.objects.get().state == State.FAILED
    assert "Cannot allocate memory" in caplog.text


def test_learning_whose_process_died_each_time_fails_and_is_learned_anew(signed_in, admin):
    with time_machine.travel(AT):
        signed_in(admin).post(reverse("scoring:learn"), {"goal": "sql", "days": 60})
    lost = Foresight.objects.get()
    with time_machine.travel(AT + 10 * MINUTE):
        tasks.end_lost_learnings.call()
        lost.refresh_from_db()
        assert lost.state == State.ASKED  # its job waits
        Job.objects.update(attempt=2, owner="dead")
        assert queue.claim(owner="next", queues=["default"]) is None  # the third time is too often

        tasks.end_lost_learnings.call()
        page = signed_in(admin).get(reverse("scoring:foresight")).content.decode()
        signed_in(admin).post(reverse("scoring:learn"), {"goal": lost.goal, "days": lost.days})

    lost.refresh_from_db()
    assert lost.state == State.FAILED
    assert "The process that learned was ended each time" in page
    assert "Learn it again" in page
    assert [one.state for one in Foresight.objects.order_by("pk")] == [State.FAILED, State.ASKED]


def test_growth_is_proposed_of_however_many_outcomes_and_counted_by_the_database(monkeypatch):
    monkeypatch.setattr(outcomes, "MOST", 10)
    handed_over(30, at=AT)
    foresight = a_foresight(days=30, figures={**FIGURES, "n": 10, "known": 21})
    at = AT + 40 * DAY

    assert outcomes.outcome_count(days=30, at=at) == 30
    assert len(outcomes.handoffs_until(at)) == 10
    assert outcomes.why_anew(foresight, at=at) is None
    foresight.figures["known"] = 20
    assert outcomes.why_anew(foresight, at=at) == Proposal.GROWN
    with CaptureQueriesContext(connection) as asked:
        outcomes.why_anew(foresight, at=at)
    assert [one["sql"].count("COUNT(") for one in asked.captured_queries] == [1]
