from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from baton.core.facts import Origin, care, origin, retract
from baton.core.facts.models import FactRecord, ParkedFact
from baton.qualification.scoring import actions, queries
from baton.qualification.scoring.models import ScorePart, ScoreState
from baton.qualification.scoring.rules import Figures
from baton.qualification.scoring.tests.factories import (
    AT,
    a_fit_rule,
    a_form_sent,
    a_visit_made,
    an_engagement_rule,
)
from baton.records.people.actions import edit_person
from baton.records.people.models import Identity, Person
from baton.records.people.tests.factories import a_person

pytestmark = pytest.mark.django_db
SCORING = "baton.qualification.scoring.subscribers.score_facts"


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(AT, tick=False):
        yield


def moved(person):
    """What the score's facts say, in order: from, to, origin."""
    rows = FactRecord.objects.filter(name="score.changed", person_id=person.pk).order_by("pk")
    return [(row.payload["former_score"], row.payload["score"], row.origin) for row in rows]


def score(person):
    person.refresh_from_db()
    return person.score


def test_fact_gives_the_points_of_its_rule(run_background):
    an_engagement_rule()
    person = a_person()

    a_form_sent(person)
    run_background()

    person.refresh_from_db()
    assert (person.fit, person.engagement, person.score) == (0, 40, 40)
    assert moved(person) == [(0, 40, "live")]


def test_facts_of_one_batch_add_up_with_their_own_times(run_background):
    an_engagement_rule()
    person = a_person()

    a_form_sent(person, happened_at=AT - timedelta(days=28))
    a_form_sent(person, happened_at=AT - timedelta(days=14))
    a_form_sent(person)
    run_background()

    assert score(person) == 40 + 20 + 10
    assert ScorePart.objects.get().count == 3


def test_match_chooses_among_facts_of_a_kind(run_background):
    an_engagement_rule(
        name="Viewed pricing", fact="visit.made", match={"pages": "pricing"}, points=15
    )
    person = a_person()

    a_visit_made(person)
    a_visit_made(person, pages=["Jobs"])
    run_background()

    assert score(person) == 15


def test_replay_adds_nothing(run_background):
    an_engagement_rule()
    people = [a_person(), a_person()]
    for person in people:
        a_form_sent(person)
        a_form_sent(person, happened_at=AT - timedelta(days=9))
    run_background()
    before = list(ScorePart.objects.order_by("pk").values_list("person_id", "count"))
    scores = [score(person) for person in people]

    care.replay(SCORING)
    run_background()

    assert list(ScorePart.objects.order_by("person_id").values_list("person_id", "count")) == before
    assert [score(person) for person in people] == scores
    assert all(len(moved(person)) == 1 for person in people)


def test_fact_that_was_parked_and_released_late_is_counted_once(run_background):
    an_engagement_rule()
    person = a_person()
    late = a_form_sent(person)
    a_form_sent(person)
    run_background()
    ScorePart.objects.update(value=40, count=1)  # as if the first had been parked
    parked = ParkedFact.objects.create(subscriber=SCORING, fact_id=late.id, error="")

    care.retry_parked(parked)

    assert ScorePart.objects.get().count == 2
    assert score(person) == 80


def test_fit_follows_the_person(run_background, admin):
    a_fit_rule()
    person = a_person(job_title="Head of logistics")
    run_background()
    first = score(person)

    edit_person(
        person=person, values={"job_title": "Clerk"}, version=person.version, by=admin, at=AT
    )
    run_background()

    assert (first, score(person)) == (20, 0)
    assert moved(person) == [(0, 20, "live"), (20, 0, "live")]


def test_fit_asks_each_rule_once_for_a_batch(django_assert_max_num_queries):
    a_fit_rule()
    people = [a_person(job_title="Head of logistics") for _ in range(30)]
    facts = [record.as_fact() for record in FactRecord.objects.filter(name="person.created")]

    with django_assert_max_num_queries(60), transaction.atomic():
        actions.score_facts(facts=facts, at=AT)

    assert {score(person) for person in people} == {20}


def test_imported_history_is_scored_without_news(run_background):
    an_engagement_rule()
    person = a_person()
    batch = uuid4()

    with origin(Origin.IMPORT, batch=batch):
        a_form_sent(person, happened_at=AT - timedelta(days=14))
    run_background()

    assert moved(person) == [(0, 20, "import")]


def test_undone_import_takes_its_points_back(run_background):
    an_engagement_rule()
    person = a_person()
    batch = uuid4()
    a_form_sent(person, happened_at=AT - timedelta(days=14))
    with origin(Origin.IMPORT, batch=batch):
        a_form_sent(person)
    run_background()
    before = score(person)

    with transaction.atomic():
        retract(batch=batch, at=AT)
    run_background()

    assert (before, score(person)) == (60, 20)
    assert ScorePart.objects.get().count == 1


def test_facts_of_a_merged_person_count_for_who_that_is_now(run_background):
    an_engagement_rule()
    old, person = a_person(), a_person()
    Identity.objects.create(old_id=old.pk, person=person)

    a_form_sent(old)
    run_background()

    assert score(person) == 40


def test_score_fades_until_the_shown_figure_moves(run_background):
    an_engagement_rule()
    person = a_person()
    a_form_sent(person)
    run_background()
    recheck_at = ScoreState.objects.get().recheck_at
    assert recheck_at

    too_early = actions.refresh_faded(at=recheck_at - timedelta(minutes=1))
    in_time = actions.refresh_faded(at=recheck_at)

    assert (too_early, in_time) == (0, 1)
    assert score(person) == 39
    fact = FactRecord.objects.filter(name="score.changed").latest("pk")
    assert fact.payload["is_fading"] is True
    assert ScoreState.objects.filter(recheck_at__gt=recheck_at).exists()


def test_refresh_takes_one_bite(run_background):
    an_engagement_rule()
    for _ in range(3):
        a_form_sent(a_person())
    run_background()

    assert actions.refresh_faded(at=AT + timedelta(days=60), limit=2) == 2
    assert actions.refresh_faded(at=AT + timedelta(days=60), limit=2) == 1


def test_recompute_after_an_edit_follows_the_new_rule(run_background, admin):
    rule = an_engagement_rule()
    person = a_person()
    a_form_sent(person, happened_at=AT - timedelta(days=14))
    run_background()

    actions.edit_score_rule(
        rule=rule, values={"points": 60, "half_life_days": 7}, version=1, by=admin, at=AT
    )
    actions.recompute_people(person_ids=[person.pk], at=AT)

    assert score(person) == 15


def test_rule_that_is_switched_off_counts_no_more(run_background, admin):
    rule = an_engagement_rule()
    person = a_person()
    a_form_sent(person)
    run_background()

    actions.edit_score_rule(rule=rule, values={"is_active": False}, version=1, by=admin, at=AT)
    actions.recompute_people(person_ids=[person.pk], at=AT)

    assert score(person) == 0


def test_facts_about_somebody_who_is_gone_are_left_alone(run_background):
    an_engagement_rule()
    gone = Person(pk=987654)

    a_form_sent(gone)
    run_background()

    assert not ScorePart.objects.exists()


def test_explanation_adds_up_to_the_score(run_background):
    an_engagement_rule(cap=60)
    an_engagement_rule(name="Viewed pricing", fact="visit.made", points=15)
    an_engagement_rule(
        name="Looked for a job", fact="visit.made", match={"pages": "Jobs"}, points=-20
    )
    a_fit_rule()
    person = a_person(job_title="Head of logistics")
    for days in (0, 10, 30):
        a_form_sent(person, happened_at=AT - timedelta(days=days))
    a_visit_made(person, happened_at=AT - timedelta(days=3), pages=["Jobs"])
    run_background()

    found = queries.explain(person, AT)

    assert found.figures == Figures(fit=20, engagement=56)
    assert found.figures.score == score(person)
    assert [(line.points, line.words, line.count) for line in found.parts] == [
        (60, "Sent a form", 3),
        (20, "Is a head", 1),
        (-20, "Looked for a job", 1),
        (15, "Viewed pricing", 1),
    ]
    assert found.faded == 1  # the minus points have faded more than the others


def test_score_of_a_later_moment_has_faded(run_background):
    an_engagement_rule()
    person = a_person()
    a_form_sent(person)
    run_background()

    assert queries.score_of(person, AT + timedelta(days=28)).score == 10
